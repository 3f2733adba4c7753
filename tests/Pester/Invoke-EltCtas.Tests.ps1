BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Invoke-EltCtas' {
    BeforeEach {
        $folder = New-Folder
        $database = Join-Path $folder 'shop.duckdb'
    }

    Context 'a table from a pipeline file' {
        It 'is built at its staging name' {
            $staged = Get-EltTable (Copy-Sample $folder) | Invoke-EltCtas

            $staged.Table | Should -BeExactly 'analytics.mau_summary'
            $staged.Staging | Should -BeExactly 'analytics.temp_mau_summary'
            $staged.Generation | Should -Match '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            $staged.Replaces | Should -BeExactly 'first'
            $staged.Stage | Should -BeGreaterThan 0
            Measure-Query (Join-Path $folder 'mau.duckdb') 'SELECT * FROM analytics.temp_mau_summary' | Should -Be 12
        }

        It 'needs its sources' {
            $config = Copy-Sample $folder
            Remove-Item (Join-Path $folder 'data' 'session_timestamp.csv')

            { Get-EltTable $config | Invoke-EltCtas } |
                Should -Throw -ErrorId 'EltSourceMissing,EltPs.Commands.InvokeEltCtasCommand' -ExpectedMessage '*session_timestamp*'
        }

        It 'is not built over a view' {
            Set-Content (Join-Path $folder 'rows.csv') "n`n1"
            $config = New-Pipeline -Folder $folder -Header "Sources = @{ 'a.temp_t' = 'rows.csv' }" -Table "@{ Schema = 'a'; Table = 'other'; Sql = 'SELECT * FROM a.temp_t' }"
            $null = Invoke-EltPipeline $config

            { Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection (Join-Path $folder 'job.duckdb') } |
                Should -Throw -ErrorId 'EltNotATable,EltPs.Commands.InvokeEltCtasCommand'
        }
    }

    Context 'a table from parameters' {
        It 'is built in a schema that did not exist' {
            $staged = Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 1 AS n UNION ALL SELECT 2' -Connection $database

            $staged.Staging | Should -BeExactly 'analytics.temp_t'
            Measure-Query $database 'SELECT * FROM analytics.temp_t' | Should -Be 2
        }

        It 'takes a connection as a table of keys' {
            $null = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection @{ Type = 'DuckDb'; Path = $database }

            $database | Should -Exist
        }

        It 'finds a database from the current location' {
            Push-Location -LiteralPath $folder
            try {
                $null = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection 'shop.duckdb'
            }
            finally {
                Pop-Location
            }

            $database | Should -Exist
        }

        It 'takes a quoted name as it is' {
            $staged = Invoke-EltCtas -Schema a -Table '"my table"' -Sql 'SELECT 1 AS n' -Connection $database

            $staged.Staging | Should -BeExactly 'a."temp_my table"'
        }

        It 'takes SQL with a trailing <what>' -ForEach @(
            @{ What = 'semicolon'; Sql = 'SELECT 1 AS n;' }
            @{ What = 'comment'; Sql = "SELECT 1 AS n -- it's one; really" }
        ) {
            $staged = Invoke-EltCtas -Schema a -Table t -Sql $sql -Connection $database

            ($staged | Test-EltRowCount).Rows | Should -Be 1
        }

        It 'refuses <what>' -ForEach @(
            @{ What = 'two statements'; Table = 't'; Sql = 'SELECT 1 AS n; DROP TABLE a.t'; Id = 'EltInvalidSql' }
            @{ What = 'no statement'; Table = 't'; Sql = '-- nothing'; Id = 'EltInvalidSql' }
            @{ What = 'a name that is none'; Table = 't; DROP TABLE u'; Sql = 'SELECT 1 AS n'; Id = 'EltInvalidName' }
        ) {
            { Invoke-EltCtas -Schema a -Table $table -Sql $sql -Connection $database } |
                Should -Throw -ErrorId "$id,EltPs.Commands.InvokeEltCtasCommand"
            $database | Should -Not -Exist
        }

        It 'needs -Connection' {
            { Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' } |
                Should -Throw -ErrorId 'EltInvalidConnection,EltPs.Commands.InvokeEltCtasCommand' -ExpectedMessage '*-Connection*'
        }

        It 'refuses a connection that nobody defined' {
            { Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection 'warehouse' } |
                Should -Throw -ErrorId 'EltUnknownConnection,EltPs.Commands.InvokeEltCtasCommand' -ExpectedMessage "*'warehouse'*"
        }

        It 'refuses a connection that is <what>' -ForEach @(
            @{ What = 'a number'; Connection = 42 }
            @{ What = 'a date'; Connection = [datetime] '2025-01-10' }
        ) {
            { Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection $connection } |
                Should -Throw -ErrorId 'ParameterArgumentTransformationError,EltPs.Commands.InvokeEltCtasCommand'
        }
    }

    Context 'what is published' {
        BeforeEach {
            $null = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection $database | Test-EltRowCount | Switch-EltTable
        }

        It 'is not touched by a build' {
            $staged = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 2 AS n' -Connection $database

            Measure-Query $database 'SELECT * FROM a.t WHERE n = 1' | Should -Be 1
            $staged.Replaces | Should -Match '^[0-9a-f-]{36}$'
        }

        It 'is not touched by a statement that fails, and the error names it' {
            $failure = { Invoke-EltCtas -Schema a -Table t -Sql 'SELECT nonsense FROM a.t' -Connection $database } |
                Should -Throw -PassThru -ErrorId 'EltStatementFailed,EltPs.Commands.InvokeEltCtasCommand' -ExpectedMessage 'a.t: *nonsense*'

            $failure.Exception.Statement | Should -BeLike '*SELECT nonsense FROM a.t*'
            Measure-Query $database 'SELECT * FROM a.t WHERE n = 1' | Should -Be 1
        }
    }

    Context '-WhatIf' {
        It 'makes no database' {
            $staged = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection $database -WhatIf

            $staged | Should -BeNullOrEmpty
            Get-ChildItem $folder -Force | Should -BeNullOrEmpty
        }

        It 'leaves a database as it was' {
            $null = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection $database
            $before = Get-FolderHash $folder

            Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 2 AS n' -Connection $database -WhatIf

            Get-FolderHash $folder | Should -Be $before
        }

        It 'prints the statement' {
            $printed = Invoke-Shell "Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection '$database' -WhatIf"

            $printed -join "`n" | Should -Match '(?s)What if: .*CREATE .*TABLE a\.temp_t.* AS\s+SELECT 1 AS n'
        }
    }

    It 'shows every statement in verbose lines' {
        $lines = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection $database -Verbose 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }

        "$lines" | Should -Match '\d\.\d{3} s: .*CREATE'
    }

    It 'writes a staged table that is shown on a line' {
        $shown = Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection $database | Out-String -Width 200

        $shown.Trim() | Should -Match '^a\.t  staged  \d+\.\d{3} s  as a\.temp_t$'
    }
}
