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
        Get-EltRun $config | Out-String -Width 200 | Should -Match 'Run\s+Pipeline\s+Status\s+Started\s+Duration\s+Tables\s+Message'
    }

    It 'writes nothing for a pipeline that never ran' {
        $other = New-Pipeline -Folder (New-Folder) -Table @("@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }")
        Get-EltRun $other | Should -BeNullOrEmpty
    }

    It 'completes the ids' {
        $line = "Get-EltRun '$config' -Id "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $second.RunId, $first.RunId
    }
}
