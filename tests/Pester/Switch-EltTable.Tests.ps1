BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # Builds a.t with one row that holds the number.
    function New-Staged([int] $Number) {
        Invoke-EltCtas -Schema a -Table t -Sql "SELECT $Number AS n" -Connection $database
    }

    # The number that readers of a.t see; nothing if they see anything but one row.
    function Get-Published {
        1..9 | Where-Object { (Measure-Query $database "SELECT count(*) FROM a.t HAVING count(*) = 1 AND max(n) = $_") -eq 1 }
    }
}

Describe 'Switch-EltTable' {
    BeforeEach {
        $folder = New-Folder
        $database = Join-Path $folder 'shop.duckdb'
    }

    Context 'publish' {
        It 'swaps a verified table into place' {
            $verified = New-Staged 1 | Test-EltRowCount

            $published = $verified | Switch-EltTable

            $published.Table | Should -BeExactly 'a.t'
            $published.Rows | Should -Be 1
            $published.Generation | Should -Be $verified.Generation
            $published.Replaced | Should -BeExactly 'first'
            $published.IsUndo | Should -BeFalse
            Get-Published | Should -Be 1
        }

        It 'keeps the previous generation at the staging name' {
            $first = New-Staged 1 | Test-EltRowCount | Switch-EltTable
            $second = New-Staged 2 | Test-EltRowCount | Switch-EltTable

            $second.Replaced | Should -Be $first.Generation
            Get-Published | Should -Be 2
            Measure-Query $database 'SELECT * FROM a.temp_t WHERE n = 1' | Should -Be 1
        }

        It 'refuses a table that nobody checked' {
            { New-Staged 1 | Switch-EltTable } |
                Should -Throw -ErrorId 'EltNotVerified,EltPs.Commands.SwitchEltTableCommand' -ExpectedMessage '*Test-EltRowCount*'
        }

        It 'refuses <what>' -ForEach @(
            @{ What = 'text'; Value = 'a.t' }
            @{ What = 'a number'; Value = 42 }
        ) {
            { $value | Switch-EltTable } | Should -Throw -ErrorId 'EltInvalidInput,EltPs.Commands.SwitchEltTableCommand'
        }

        It 'refuses a table that is published already' {
            $verified = New-Staged 1 | Test-EltRowCount
            $published = $verified | Switch-EltTable

            { $verified | Switch-EltTable } | Should -Throw -ErrorId 'EltAlreadyPublished,EltPs.Commands.SwitchEltTableCommand'
            { $published | Switch-EltTable } | Should -Throw -ErrorId 'EltInvalidInput,EltPs.Commands.SwitchEltTableCommand' -ExpectedMessage '*-Undo*'
        }

        It 'refuses a table whose staging table was built again' {
            $verified = New-Staged 1 | Test-EltRowCount
            $null = New-Staged 2

            { $verified | Switch-EltTable } | Should -Throw -ErrorId 'EltStagingChanged,EltPs.Commands.SwitchEltTableCommand'
            { Measure-Query $database 'SELECT * FROM a.t' } | Should -Throw -ErrorId 'EltStatementFailed,*'
        }
    }

    Context 'by name' {
        It 'counts first, and publishes what was staged before' {
            $null = New-Staged 3

            $published = Switch-EltTable -Schema a -Table t -Connection $database

            $published.Rows | Should -Be 1
            Get-Published | Should -Be 3
        }

        It 'does not publish an empty table' {
            $null = New-Staged 1 | Test-EltRowCount | Switch-EltTable
            $null = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n WHERE false' -Connection $database

            { Switch-EltTable -Schema a -Table t -Connection $database } | Should -Throw -ErrorId 'EltTooFewRows,EltPs.Commands.SwitchEltTableCommand'
            Get-Published | Should -Be 1
        }

        It 'takes the tables of a pipeline file' {
            $config = New-Pipeline -Folder $folder -Name 'shop' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 4 AS n' }"
            $null = Get-EltTable $config | Invoke-EltCtas

            (Get-EltTable $config | Switch-EltTable).Rows | Should -Be 1
            Get-Published | Should -Be 4
        }

        It 'refuses a table that nobody staged' {
            $null = New-Staged 1

            { Switch-EltTable -Schema a -Table other -Connection $database } |
                Should -Throw -ErrorId 'EltNotStaged,EltPs.Commands.SwitchEltTableCommand' -ExpectedMessage '*Invoke-EltCtas*'
        }

        It 'refuses <what>' -ForEach @(
            @{ What = 'a name that is none'; Table = '1t'; Connection = 'x.duckdb'; Id = 'EltInvalidName' }
            @{ What = 'a connection that nobody defined'; Table = 't'; Connection = 'warehouse'; Id = 'EltUnknownConnection' }
        ) {
            { Switch-EltTable -Schema a -Table $table -Connection $connection } | Should -Throw -ErrorId "$id,EltPs.Commands.SwitchEltTableCommand"
        }

        It 'refuses a missing connection' {
            { Switch-EltTable -Schema a -Table t } | Should -Throw -ErrorId 'EltInvalidConnection,EltPs.Commands.SwitchEltTableCommand'
        }
    }

    Context '-Undo' {
        BeforeEach {
            $first = New-Staged 1 | Test-EltRowCount | Switch-EltTable
        }

        It 'brings the previous rows back, and again returns' {
            $second = New-Staged 2 | Test-EltRowCount | Switch-EltTable

            $undone = $second | Switch-EltTable -Undo

            $undone.IsUndo | Should -BeTrue
            $undone.Generation | Should -Be $first.Generation
            Get-Published | Should -Be 1
            (Switch-EltTable -Schema a -Table t -Connection $database -Undo).Generation | Should -Be $second.Generation
            Get-Published | Should -Be 2
        }

        It 'is refused after the first publish' {
            { $first | Switch-EltTable -Undo } | Should -Throw -ErrorId 'EltUndoRefused,EltPs.Commands.SwitchEltTableCommand' -ExpectedMessage '*first*'
            Get-Published | Should -Be 1
        }

        It 'is refused after a failed check' {
            $null = New-Staged 2 | Test-EltRowCount | Switch-EltTable
            New-Staged 3 | Test-EltRowCount -Minimum 9 -Quiet | Should -BeFalse

            { Switch-EltTable -Schema a -Table t -Connection $database -Undo } | Should -Throw -ErrorId 'EltUndoRefused,EltPs.Commands.SwitchEltTableCommand'
            Get-Published | Should -Be 2
        }

        It 'is refused for a publish that is not the last one' {
            $second = New-Staged 2 | Test-EltRowCount | Switch-EltTable
            $null = New-Staged 3 | Test-EltRowCount | Switch-EltTable

            { $second | Switch-EltTable -Undo } | Should -Throw -ErrorId 'EltUndoRefused,EltPs.Commands.SwitchEltTableCommand'
            Get-Published | Should -Be 3
        }

        It 'is refused where the previous generation was not kept' {
            $config = New-Pipeline -Folder $folder -Name 'shop' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 4 AS n'; KeepPrevious = `$false }"
            (Invoke-EltPipeline $config).IsSuccess | Should -BeTrue

            { Get-EltTable $config | Switch-EltTable -Undo } | Should -Throw -ErrorId 'EltUndoRefused,EltPs.Commands.SwitchEltTableCommand' -ExpectedMessage '*not kept*'
            Get-Published | Should -Be 4
        }

        It 'takes the tables of a pipeline file' {
            $config = New-Pipeline -Folder $folder -Name 'shop' -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 4 AS n' }"
            $null = Invoke-EltPipeline $config

            (Get-EltTable $config | Switch-EltTable -Undo).Generation | Should -Be $first.Generation
            Get-Published | Should -Be 1
        }
    }

    Context '-Undo of a run' {
        BeforeEach {
            $config = New-Pipeline -Folder $folder -Name 'shop' -Table @(
                "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
                "@{ Schema = 'a'; Table = 'u'; Sql = 'SELECT 1 AS n' }"
            )
            $first = Invoke-EltPipeline $config
            $null = New-Pipeline -Folder $folder -Name 'shop' -Table @(
                "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 2 AS n' }"
                "@{ Schema = 'a'; Table = 'u'; Sql = 'SELECT 2 AS n' }"
            )
            $null = Invoke-EltPipeline $config
        }

        It 'brings back what all its tables replaced, backwards' {
            $undone = Get-EltRun $config -Last 1 | Switch-EltTable -Undo

            $undone.Table | Should -Be 'a.u', 'a.t'
            $undone.Generation | Should -Be $first.Tables[1].Generation, $first.Tables[0].Generation
            Get-Published | Should -Be 1
        }

        It 'is refused, table by table, the second time' {
            $null = Get-EltRun $config -Last 1 | Switch-EltTable -Undo

            $again = Get-EltRun $config -Last 1 | Switch-EltTable -Undo -ErrorAction SilentlyContinue -ErrorVariable failures

            $again | Should -BeNullOrEmpty
            $failures.FullyQualifiedErrorId | Should -Be (@('EltUndoRefused,EltPs.Commands.SwitchEltTableCommand') * 2)
            Get-Published | Should -Be 1
        }

        It 'needs -Undo' {
            { Get-EltRun $config -Last 1 | Switch-EltTable } |
                Should -Throw -ErrorId 'EltInvalidInput,EltPs.Commands.SwitchEltTableCommand' -ExpectedMessage '*-Undo*'
        }

        It 'changes nothing with -WhatIf' {
            $before = Get-FolderHash $folder

            Get-EltRun $config -Last 1 | Switch-EltTable -Undo -WhatIf | Should -BeNullOrEmpty

            Get-FolderHash $folder | Should -Be $before
        }
    }

    Context '-WhatIf' {
        It 'leaves a database as it was: <what>' -ForEach @(
            @{ What = 'publish of a verified table'; Change = { $verified | Switch-EltTable -WhatIf } }
            @{ What = 'publish by name'; Change = { Switch-EltTable -Schema a -Table t -Connection $database -WhatIf } }
        ) {
            $null = New-Staged 1 | Test-EltRowCount | Switch-EltTable
            $verified = New-Staged 2 | Test-EltRowCount
            $before = Get-FolderHash $folder

            & $change | Should -BeNullOrEmpty

            Get-FolderHash $folder | Should -Be $before
        }

        It 'leaves a database as it was: undo' {
            $null = New-Staged 1 | Test-EltRowCount | Switch-EltTable
            $null = New-Staged 2 | Test-EltRowCount | Switch-EltTable
            $before = Get-FolderHash $folder

            Switch-EltTable -Schema a -Table t -Connection $database -Undo -WhatIf | Should -BeNullOrEmpty

            Get-FolderHash $folder | Should -Be $before
        }

        It 'makes no database' {
            { Switch-EltTable -Schema a -Table t -Connection $database -WhatIf } |
                Should -Throw -ErrorId 'EltNotStaged,EltPs.Commands.SwitchEltTableCommand'

            Get-ChildItem $folder -Force | Should -BeNullOrEmpty
        }

        It 'prints the statements' {
            $null = New-Staged 1
            $printed = Invoke-Shell "Switch-EltTable -Schema a -Table t -Connection '$database' -WhatIf"

            $printed -join "`n" | Should -Match '(?s)What if: .*-- publish.*ALTER TABLE a\.temp_t RENAME TO "t"'
        }
    }

    It 'writes a published table that is shown with its rows' {
        $shown = New-Staged 1 | Test-EltRowCount | Switch-EltTable | Out-String -Width 200

        $shown.Trim() | Should -Match '^a\.t  published  1 row  \d+\.\d{3} s  for the first time$'
    }
}
