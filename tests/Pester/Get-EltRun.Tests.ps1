BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Get-EltRun' {
    BeforeAll {
        $folder = New-Folder
        $config = New-Pipeline -Folder $folder -Table @(
            "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
            "@{ Schema = 'a'; Table = 'u'; Sql = 'SELECT 2 AS n' }"
        )
        $first = Invoke-EltPipeline $config
        $second = Invoke-EltPipeline $config
        Push-Location -LiteralPath $folder
    }

    AfterAll {
        Pop-Location
    }

    It 'lists the runs of a pipeline, the latest first' {
        (Get-EltRun $config).RunId | Should -Be $second.RunId, $first.RunId
    }

    It 'lists those of the current folder without -Config' {
        (Get-EltRun).Count | Should -Be 2
    }

    It 'takes -Last' {
        (Get-EltRun $config -Last 1).RunId | Should -Be $second.RunId
    }

    It 'takes -Status' {
        (Get-EltRun $config -Status Succeeded).Count | Should -Be 2
        Get-EltRun $config -Status Failed, Interrupted | Should -BeNullOrEmpty
    }

    It 'takes -Since' {
        (Get-EltRun $config -Since ([datetime]::UtcNow.AddHours(-1))).Count | Should -Be 2
        Get-EltRun $config -Since ([datetime]::UtcNow.AddHours(1)) | Should -BeNullOrEmpty
    }

    It 'takes -Id' {
        (Get-EltRun $config -Id $first.RunId).RunId | Should -Be $first.RunId
        (Get-EltRun $config -Id '*').Count | Should -Be 2
    }

    It 'tells what became of each table' {
        $tables = (Get-EltRun $config -Last 1).Tables

        $tables.Table | Should -Be 'a.t', 'a.u'
        $tables.Status | Should -Be 'Published', 'Published'
        $tables.Generation | Should -Be $second.Tables.Generation
    }

    It 'is shown as a table' {
        Get-EltRun $config | Out-String -Width 200 | Should -Match '(?s)Pipeline: .*RunId\s+Status\s+StartedAt\s+Duration\s+Rows\s+Done'
    }

    It 'writes nothing for a pipeline that never ran' {
        $other = New-Pipeline -Folder (New-Folder) -Table @("@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }")
        Get-EltRun $other | Should -BeNullOrEmpty
    }

    Context 'runs that did not succeed' {
        BeforeAll {
            $broken = New-Pipeline -Folder (New-Folder) -Name 'broken' -Table @(
                "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
                "@{ Schema = 'a'; Table = 'u'; Sql = 'SELECT nonsense' }"
            )
            $failed = Invoke-EltPipeline $broken -ErrorAction SilentlyContinue
        }

        It 'tells what stopped a run that failed' {
            $run = Get-EltRun $broken -Last 1

            $run.Status | Should -Be 'Failed'
            $run.FailedTable | Should -BeExactly 'a.u'
            $run.FailedStep | Should -Be 'Stage'
            $run.Message | Should -BeExactly $failed.Message
            $run.Tables.Status | Should -Be 'Published', 'Failed'
        }

        It 'calls a run interrupted whose journal has no end, and tells where that was' {
            $journal = (Get-EltRun $broken -Last 1).JournalPath
            $lines = Get-Content -LiteralPath $journal
            Set-Content -LiteralPath $journal -Value $lines[0..($lines.Count - 2)]

            $run = Get-EltRun $broken -Last 1

            $run.Status | Should -Be 'Interrupted'
            $run.Message | Should -Match 'ended without saying how in step stage of a\.u'
            Get-EltRun $broken -Status Interrupted | Should -HaveCount 1
        }

        It 'warns of a journal that cannot be read, and leaves it as it is' {
            $damaged = Join-Path (Split-Path (Get-EltRun $broken -Last 1).JournalPath) '20250101T000000Z-aaaaaa.jsonl'
            Set-Content -LiteralPath $damaged -Value 'garbage'

            $runs = Get-EltRun $broken -WarningVariable warned -WarningAction SilentlyContinue

            $runs | Should -HaveCount 1
            "$warned" | Should -Match 'its first line is damaged'
            Get-Content -LiteralPath $damaged | Should -BeExactly 'garbage'
        }
    }

    It 'takes -StatePath, and else the variable ELTPS_STATE' {
        $elsewhere = New-Folder
        $other = New-Pipeline -Folder (New-Folder) -Name 'other' -Table @("@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }")
        $run = Invoke-EltPipeline $other -StatePath $elsewhere

        Get-EltRun $other | Should -BeNullOrEmpty
        (Get-EltRun $other -StatePath $elsewhere).RunId | Should -BeExactly $run.RunId
        $env:ELTPS_STATE = $elsewhere
        try {
            (Get-EltRun $other).RunId | Should -BeExactly $run.RunId
        }
        finally {
            $env:ELTPS_STATE = $null
        }
    }

    It 'completes the ids' {
        $line = "Get-EltRun '$config' -Id "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $second.RunId, $first.RunId
    }
}
