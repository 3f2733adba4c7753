BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Test-EltPipeline' {
    It 'finds the sample valid' {
        $config = Copy-Sample
        $result = Test-EltPipeline $config

        $result.IsValid | Should -BeTrue
        $result.Pipeline | Should -BeExactly 'RunELT_Alert'
        $result.Findings | Should -BeNullOrEmpty
    }

    It 'changes nothing' {
        $config = Copy-Sample
        $null = Invoke-EltPipeline $config
        $before = Get-FolderHash (Split-Path $config)

        $null = Test-EltPipeline $config

        Get-FolderHash (Split-Path $config) | Should -Be $before
    }

    It 'tells every error with its place' {
        $config = New-Pipeline -Table @(
            "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT nope' }"
            "@{ Schema = 'a'; Table = 'u'; Sql = 'SELECT nofunction(1)' }"
            "@{ Schema = 'a'; Table = 'v'; Sql = 'SELECT * FROM a.t' }"
        )
        $result = Test-EltPipeline $config -ErrorVariable failure -ErrorAction SilentlyContinue

        $result.IsValid | Should -BeFalse
        $result.Errors.Table | Should -Be 'a.t', 'a.u'
        $result.Errors.ErrorId | Should -Be 'EltStatementFailed', 'EltStatementFailed'
        $result.Errors[0].Location | Should -Match '\(\d+,\d+\)$'
        $result.NotChecked.Table | Should -Be 'a.v'
        $failure.FullyQualifiedErrorId | Should -BeExactly 'EltPipelineNotValid,EltPs.Commands.TestEltPipelineCommand'
    }

    It 'tells the mistakes of a file' {
        $config = New-Pipeline -Header 'Shedule = 1' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"

        { Test-EltPipeline $config -ErrorAction Stop } |
            Should -Throw -ErrorId 'EltInvalidPipelineFile,EltPs.Commands.TestEltPipelineCommand'
    }

    It 'answers true or false with -Quiet' {
        $folder = New-Folder
        $good = New-Pipeline -Folder $folder -Name 'good' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
        $bad = New-Pipeline -Folder $folder -Name 'bad' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT nope' }"

        $good, $bad | Test-EltPipeline -Quiet | Should -Be $true, $false
        (Join-Path $folder 'good.duckdb') | Should -Not -Exist
    }

    It 'takes other values of variables' {
        $config = New-Pipeline -Header 'Variables = @{ days = 7 }' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT {{ days }} + 1 AS n' }"

        Test-EltPipeline $config -Quiet | Should -BeTrue
        Test-EltPipeline $config -Variable @{ days = 28 } -Quiet | Should -BeTrue
        { Test-EltPipeline $config -Variable @{ nights = 28 } -ErrorAction Stop } |
            Should -Throw -ErrorId 'EltInvalidVariable,EltPs.Commands.TestEltPipelineCommand'
    }

    It 'sees a table that reads itself' {
        $config = New-Pipeline -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT n FROM a.t' }"
        $result = Test-EltPipeline $config -ErrorAction SilentlyContinue

        $result.Errors.ErrorId | Should -BeExactly 'EltReadsBeforeBuilt'
    }
}
