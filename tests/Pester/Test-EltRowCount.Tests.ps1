BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # A staging table of so many rows.
    function New-Staged([int] $Rows, [string] $Database = (Join-Path (New-Folder) 'shop.duckdb')) {
        Invoke-EltCtas -Schema a -Table t -Sql "SELECT * FROM range($Rows) AS numbers(n)" -Connection $Database
    }
}

Describe 'Test-EltRowCount' {
    It 'writes a verified table with the number of rows' {
        $verified = New-Staged 3 | Test-EltRowCount

        $verified.Table | Should -BeExactly 'a.t'
        $verified.Rows | Should -Be 3
        $verified.Generation | Should -Match '^[0-9a-f-]{36}$'
    }

    It 'takes the staged table by position too' {
        (Test-EltRowCount (New-Staged 3)).Rows | Should -Be 3
    }

    It 'asks for one row where nobody says otherwise' {
        { New-Staged 0 | Test-EltRowCount } |
            Should -Throw -ErrorId 'EltTooFewRows,EltPs.Commands.TestEltRowCountCommand' -ExpectedMessage 'a.t: check failed: 0 rows in a.temp_t, at least 1 expected*'
    }

    It 'takes the minimum of the pipeline file' {
        $config = New-Pipeline -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n'; MinimumRows = 2 }"

        { Get-EltTable $config | Invoke-EltCtas | Test-EltRowCount } |
            Should -Throw -ErrorId 'EltTooFewRows,EltPs.Commands.TestEltRowCountCommand' -ExpectedMessage '*1 row in*at least 2 expected*'
    }

    It 'prefers its own minimum to the one of the pipeline file' {
        $config = New-Pipeline -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n'; MinimumRows = 2 }"

        (Get-EltTable $config | Invoke-EltCtas | Test-EltRowCount -Minimum 1).Rows | Should -Be 1
    }

    It 'accepts 3 rows for a minimum of <minimum> and a maximum of <maximum>' -ForEach @(
        @{ Minimum = 0; Maximum = 3 }
        @{ Minimum = 3; Maximum = 3 }
        @{ Minimum = 3; Maximum = 3000000000 }
    ) {
        (New-Staged 3 | Test-EltRowCount -Minimum $minimum -Maximum $maximum).Rows | Should -Be 3
        New-Staged 3 | Test-EltRowCount -Minimum $minimum -Maximum $maximum -Quiet | Should -BeTrue
    }

    It 'refuses 3 rows for a minimum of <minimum> and a maximum of <maximum>' -ForEach @(
        @{ Minimum = 4; Maximum = 9; Id = 'EltTooFewRows'; Bound = 'at least 4' }
        @{ Minimum = 0; Maximum = 2; Id = 'EltTooManyRows'; Bound = 'at most 2' }
    ) {
        { New-Staged 3 | Test-EltRowCount -Minimum $minimum -Maximum $maximum } |
            Should -Throw -ErrorId "$id,EltPs.Commands.TestEltRowCountCommand" -ExpectedMessage "*3 rows*$bound expected*"
        New-Staged 3 | Test-EltRowCount -Minimum $minimum -Maximum $maximum -Quiet | Should -BeFalse
    }

    It 'accepts an empty table when asked to' {
        (New-Staged 0 | Test-EltRowCount -Minimum 0).Rows | Should -Be 0
    }

    It 'refuses a negative bound: <parameter>' -ForEach @(
        @{ Parameter = '-Minimum'; Check = { Test-EltRowCount -InputObject $staged -Minimum -1 } }
        @{ Parameter = '-Maximum'; Check = { Test-EltRowCount -InputObject $staged -Maximum -1 } }
    ) {
        $staged = New-Staged 1

        $check | Should -Throw -ErrorId 'ParameterArgumentValidationError,EltPs.Commands.TestEltRowCountCommand'
    }

    It 'takes nothing but staged tables' {
        { 'a.t' | Test-EltRowCount -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,EltPs.Commands.TestEltRowCountCommand'
    }

    It 'refuses a staging table that was built again' {
        $database = Join-Path (New-Folder) 'shop.duckdb'
        $first = New-Staged 1 $database
        $null = New-Staged 2 $database

        { $first | Test-EltRowCount } | Should -Throw -ErrorId 'EltStagingChanged,EltPs.Commands.TestEltRowCountCommand'
        { $first | Test-EltRowCount -Quiet } | Should -Throw -ErrorId 'EltStagingChanged,EltPs.Commands.TestEltRowCountCommand'
    }
}
