BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Export-EltSchedule' {
    BeforeEach {
        $folder = New-Folder
        $config = New-Pipeline -Folder $folder -Header "Schedule = '@daily'; TimeZone = 'Europe/Berlin'" -Table @(
            "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
        )
    }

    It 'writes a crontab beside the pipeline file' {
        $export = Export-EltSchedule $config -Format Cron -Shell Elt -ShellPath $config -WarningAction SilentlyContinue

        $export.Path | Should -BeExactly (Join-Path $folder 'job.cron')
        $export.Install | Should -Match 'crontab -$'
        Get-Content -LiteralPath $export.Path -Raw | Should -Match '(?m)^# BEGIN EltPs eltps-job$'
    }

    It 'writes a service and a timer for systemd' {
        $export = Export-EltSchedule $config -Format SystemD -Shell Elt -ShellPath $config -WarningAction SilentlyContinue

        $export.Path | Split-Path -Leaf | Should -BeExactly 'eltps-job.service', 'eltps-job.timer'
        $export.StartsOnlyWhenDue | Should -BeTrue
        Get-Content -LiteralPath $export.Path[1] | Should -Contain 'OnCalendar=*-*-* 00:00:00 Europe/Berlin'
    }

    It 'writes a Jenkinsfile' {
        $export = Export-EltSchedule $config -Format Jenkinsfile -Path (Join-Path $folder 'Jenkinsfile') -Shell Elt -ShellPath $config -WarningAction SilentlyContinue

        Get-Content -LiteralPath $export.Path -Raw | Should -Match "cron\('TZ=Europe/Berlin\\n0 0 \* \* \*'\)"
    }

    It 'writes a task in UTF-16' {
        $export = Export-EltSchedule $config -Format TaskScheduler -Shell Elt -ShellPath $config -WarningAction SilentlyContinue

        $task = [xml] (Get-Content -LiteralPath $export.Path -Raw)
        $task.Task.Settings.MultipleInstancesPolicy | Should -BeExactly 'IgnoreNew'
        [System.IO.File]::ReadAllBytes($export.Path)[0, 1] | Should -Be 0xff, 0xfe
    }

    It 'replaces a file only with -Force' {
        $null = Export-EltSchedule $config -Format Cron -Shell Elt -ShellPath $config -WarningAction SilentlyContinue

        $null = Export-EltSchedule $config -Format Cron -Shell Elt -ShellPath $config -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeExactly 'EltFileExists,EltPs.Commands.ExportEltScheduleCommand'

        (Export-EltSchedule $config -Format Cron -Force -Shell Elt -ShellPath $config -WarningAction SilentlyContinue).Path | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-FolderHash $folder

        Export-EltSchedule $config -Format SystemD -WhatIf -Shell Elt -ShellPath $config -WarningAction SilentlyContinue | Should -BeNullOrEmpty

        Get-FolderHash $folder | Should -Be $before
    }

    It 'refuses a pipeline without a schedule' {
        $other = New-Pipeline -Folder $folder -Name 'other' -Table @("@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }")

        $null = Export-EltSchedule $other -Format Cron -Shell Elt -ShellPath $config -WarningAction SilentlyContinue -ErrorVariable failed -ErrorAction SilentlyContinue

        $failed.FullyQualifiedErrorId | Should -BeExactly 'EltNotScheduled,EltPs.Commands.ExportEltScheduleCommand'
    }

    It 'takes the state folder and the zone of the machine' {
        $export = Export-EltSchedule $config -Format Cron -StatePath (Join-Path $folder 'state') -MachineTimeZone 'America/New_York' -Shell Elt -ShellPath $config -WarningAction SilentlyContinue

        $text = Get-Content -LiteralPath $export.Path -Raw
        $text | Should -Match 'America/New_York'
        $text | Should -Match '-Scheduled -StatePath '
    }

    It 'completes the formats and the shells' {
        $line = "Export-EltSchedule '$config' -Format "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Sort-Object | Should -Be 'Cron', 'Jenkinsfile', 'SystemD', 'TaskScheduler'
        $line = "Export-EltSchedule '$config' -Shell "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Sort-Object | Should -Be 'Elt', 'PowerShell'
    }
}
