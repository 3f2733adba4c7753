BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # The interval of @yearly is last year: no midnight comes between a run and its judgement.
    function New-YearlyPipeline([string] $Sql = 'SELECT 1 AS n', [string] $Header = '', [string] $Folder = (New-Folder)) {
        New-Pipeline -Folder $Folder -Header "Schedule = '@yearly'; $Header" -Table "@{ Schema = 'analytics'; Table = 't'; Sql = '$Sql' }"
    }
}

Describe 'Test-EltSchedule' {
    It 'finds the run of the last interval' {
        $config = New-YearlyPipeline
        $run = Invoke-EltPipeline $config

        $result = Test-EltSchedule $config

        $result.Status | Should -Be 'Succeeded'
        $result.IsLate | Should -BeFalse
        $result.RunId | Should -BeExactly $run.RunId
        $result.IntervalStart | Should -Be $run.IntervalStart
    }

    It 'writes an object and an error for a run that never happened, and nothing to disk' {
        $config = New-YearlyPipeline

        $result = Test-EltSchedule $config -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue -WarningVariable warned

        $result.Status | Should -Be 'Missed'
        $result.RunCommand | Should -BeLike "Invoke-EltPipeline -Config '*' -Scheduled"
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'EltRunLate,EltPs.Commands.TestEltScheduleCommand'
        "$warned" | Should -BeLike 'There is no state folder *'
        Join-Path (Split-Path $config) '.eltps' | Should -Not -Exist
    }

    It 'tells what stopped a run, and how to go on' {
        $config = New-YearlyPipeline -Sql 'SELECT 1 AS n WHERE false'
        $null = Invoke-EltPipeline $config -ErrorAction SilentlyContinue

        $result = Test-EltSchedule $config -ErrorAction SilentlyContinue

        $result.Status | Should -Be 'Failed'
        $result.Error | Should -BeLike '*0 rows in analytics.temp_t*'
        $result.ResumeCommand | Should -BeLike '*-Resume'
    }

    It 'is true or false with -Quiet' {
        $config = New-YearlyPipeline
        Test-EltSchedule $config -Quiet -WarningAction SilentlyContinue | Should -BeFalse
        $null = Invoke-EltPipeline $config
        Test-EltSchedule $config -Quiet | Should -BeTrue
    }

    It 'does not count a run on another connection' {
        $config = New-YearlyPipeline
        $other = Join-Path (Split-Path $config) 'other.duckdb'
        $null = Invoke-EltPipeline $config -Connection $other

        Test-EltSchedule $config -Quiet -WarningAction SilentlyContinue | Should -BeFalse
        Test-EltSchedule $config -Connection $other -Quiet | Should -BeTrue
    }

    It 'looks in the folder of -StatePath' {
        $config = New-YearlyPipeline
        $state = New-Folder
        $null = Invoke-EltPipeline $config -StatePath $state

        Test-EltSchedule $config -StatePath $state -Quiet | Should -BeTrue
    }

    It 'refuses a file without a schedule' {
        $config = New-Pipeline -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"

        { Test-EltSchedule $config -ErrorAction Stop } | Should -Throw -ErrorId 'EltNotScheduled,EltPs.Commands.TestEltScheduleCommand'
    }

    Context '-Alert' {
        It 'warns where the file has no Alerts' {
            $config = New-YearlyPipeline
            $null = Invoke-EltPipeline $config

            $null = Test-EltSchedule $config -Alert -WarningAction SilentlyContinue -WarningVariable warned

            "$warned" | Should -BeLike '*the file has no Alerts*'
        }

        It 'shows the message with -WhatIf' {
            $folder = New-Folder
            Set-Content (Join-Path $folder 'webhook.txt') 'http://127.0.0.1:9/services/T0000/B0000/s3cr3tT0ken'
            $config = New-YearlyPipeline -Folder $folder -Header "Alerts = @{ Slack = @{ Webhook = 'file:webhook.txt' } }"

            $shown = (Invoke-Shell "Test-EltSchedule '$config' -Alert -WhatIf -Quiet") -join "`n"

            $shown | Should -Match 'job is late: its run never happened'
            $shown | Should -Not -Match 's3cr3t'
        }

        It 'keeps one message for Slack that is out of reach' {
            $folder = New-Folder
            Set-Content (Join-Path $folder 'webhook.txt') 'http://127.0.0.1:9/services/T0000/B0000/s3cr3tT0ken'
            $config = New-YearlyPipeline -Folder $folder -Header "Alerts = @{ Slack = @{ Webhook = 'file:webhook.txt' } }"

            1..2 | ForEach-Object { $null = Test-EltSchedule $config -Alert -Quiet -WarningAction SilentlyContinue }

            @(Get-ChildItem (Join-Path $folder '.eltps' 'outbox') -Filter *.json) | Should -HaveCount 1
        }
    }
}
