BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Get-EltTable' {
    Context 'the sample' {
        BeforeAll {
            $sample = Copy-Sample
            $table = Get-EltTable -Config $sample
        }

        It 'writes its table' {
            @($table).Count | Should -Be 1
            $table.Table | Should -BeExactly 'analytics.mau_summary'
            $table.Staging | Should -BeExactly 'analytics.temp_mau_summary'
            $table.MinimumRows | Should -Be 1
            $table.KeepPrevious | Should -BeTrue
            $table.Pipeline | Should -BeExactly 'RunELT_Alert'
        }

        It 'writes its SQL without the trailing semicolon' {
            $table.Sql | Should -BeLike 'SELECT*GROUP BY 1'
        }

        It 'tells where the SQL stands' {
            "$($table.Location)" | Should -Match 'mau\.psd1\(\d+,\d+\)$'
        }

        It 'touches no warehouse' {
            Get-ChildItem (Split-Path $sample) -Recurse -Force -Filter '*.duckdb*' | Should -BeNullOrEmpty
        }

        It 'is shown as a table' {
            $shown = $table | Out-String -Width 200
            $shown | Should -Match '(?s)Pipeline: RunELT_Alert.*Table\s+MinimumRows\s+Connection\s+Tags'
            $shown | Should -Match 'analytics\.mau_summary\s+1\s+duckdb \(DuckDb\)\s+ELT'
        }
    }

    Context 'which tables' {
        BeforeAll {
            $config = New-Pipeline -Name 'shop' -Header "Tags = @('nightly')" -Table @(
                "@{ Schema = 'analytics'; Table = 'zebra'; Sql = 'SELECT 1 AS n'; Tags = @('animals', 'small') }"
                "@{ Schema = 'analytics'; Table = 'apple'; Sql = 'SELECT 1 AS n'; Tags = @('fruit') }"
                "@{ Schema = 'staging'; Table = 'orders'; Sql = 'SELECT 1 AS n' }"
            )
        }

        It 'keeps the order of the file' {
            (Get-EltTable $config).Table | Should -Be 'analytics.zebra', 'analytics.apple', 'staging.orders'
        }

        It 'takes -Table <wanted>' -ForEach @(
            @{ Wanted = 'apple'; Expected = @('analytics.apple') }
            @{ Wanted = 'ANALYTICS.apple'; Expected = @('analytics.apple') }
            @{ Wanted = 'analytics.*'; Expected = @('analytics.zebra', 'analytics.apple') }
            @{ Wanted = '*r*'; Expected = @('analytics.zebra', 'staging.orders') }
            @{ Wanted = @('orders', 'zebra'); Expected = @('analytics.zebra', 'staging.orders') }
        ) {
            @(Get-EltTable $config -Table $wanted).Table | Should -Be $expected
        }

        It 'takes -Tag <wanted>' -ForEach @(
            @{ Wanted = 'fruit'; Expected = @('analytics.apple') }
            @{ Wanted = 'FR*'; Expected = @('analytics.apple') }
            @{ Wanted = 'small', 'fruit'; Expected = @('analytics.zebra', 'analytics.apple') }
            @{ Wanted = 'nightly'; Expected = @('analytics.zebra', 'analytics.apple', 'staging.orders') }
        ) {
            @(Get-EltTable $config -Tag $wanted).Table | Should -Be $expected
        }

        It 'writes nothing for a wildcard that matches nothing' {
            Get-EltTable $config -Table 'x*' | Should -BeNullOrEmpty
        }

        It 'refuses a name that is not in the file, and lists those that are' {
            { Get-EltTable $config -Table 'aple' } |
                Should -Throw -ErrorId 'EltTableNotFound,EltPs.Commands.GetEltTableCommand' -ExpectedMessage "*'aple'*analytics.apple*"
        }
    }

    Context 'which files' {
        BeforeAll {
            $folder = New-Folder 'with blank [1]'
            'one', 'two', 'three' | ForEach-Object {
                $null = New-Pipeline -Folder $folder -Name $_ -Table "@{ Schema = 'a'; Table = '$_'; Sql = 'SELECT 1 AS n' }"
            }
            $null = New-Pipeline -Folder $folder -Name 'odd[0]' -Table "@{ Schema = 'a'; Table = 'odd'; Sql = 'SELECT 1 AS n' }"
        }

        BeforeEach {
            Push-Location -LiteralPath $folder
        }

        AfterEach {
            Pop-Location
        }

        It 'takes a path from the current location' {
            (Get-EltTable one.psd1).Table | Should -Be 'a.one'
        }

        It 'takes several paths, in the order given' {
            (Get-EltTable two.psd1, one.psd1).Table | Should -Be 'a.two', 'a.one'
        }

        It 'takes wildcards, in the order of the names' {
            (Get-EltTable t*.psd1).Table | Should -Be 'a.three', 'a.two'
        }

        It 'takes a file whose own name looks like a wildcard' {
            (Get-EltTable 'odd[0].psd1').Table | Should -Be 'a.odd'
        }

        It 'takes paths from the pipeline' {
            ('one.psd1', 'two.psd1' | Get-EltTable).Table | Should -Be 'a.one', 'a.two'
        }

        It 'takes files from the pipeline' {
            (Get-ChildItem -Filter 't*.psd1' | Sort-Object Name | Get-EltTable).Table | Should -Be 'a.three', 'a.two'
        }

        It 'calls a file from the pipeline by its path' {
            $table = Get-ChildItem -Filter 'one.psd1' | Get-EltTable

            "$($table.Location)" | Should -BeLike "$(Join-Path ([WildcardPattern]::Escape($folder)) 'one.psd1')(*)"
        }

        It 'refuses wildcards that match no file' {
            { Get-EltTable 'x*.psd1' } | Should -Throw -ErrorId 'EltPipelineFileMissing,EltPs.Commands.GetEltTableCommand'
        }

        It 'refuses a file that does not exist' {
            { Get-EltTable 'four.psd1' } | Should -Throw -ErrorId 'EltPipelineFileMissing,EltPs.Commands.GetEltTableCommand' -ExpectedMessage '*four.psd1*'
        }

        It 'refuses a folder with several files, and names them' {
            { Get-EltTable '.' } | Should -Throw -ExpectedMessage '*this folder has * pipeline files:*' -ErrorId 'EltInvalidInput,EltPs.Commands.GetEltTableCommand'
        }
    }

    Context 'a file with mistakes' {
        It 'tells them all at once, with line and column' {
            $config = New-Pipeline -Table @(
                "@{ Schema = 'a'; Tabel = 't'; Sql = 'SELECT 1 AS n' }"
                "@{ Schema = 'a'; Table = 'u'; Sql = 'SELECT 1 AS n'; MinimumRows = 'many' }"
                "@{ Schema = 'a'; Table = 'v' }"
            )

            $refused = { Get-EltTable $config } | Should -Throw -PassThru -ErrorId 'EltInvalidPipelineFile,EltPs.Commands.GetEltTableCommand'

            $refused.CategoryInfo.Category | Should -Be 'InvalidData'
            $message = $refused.Exception.Message
            $message | Should -Match "job\.psd1\(5,\d+\).*Tabel.*Table"
            $message | Should -Match "job\.psd1\(6,\d+\).*MinimumRows"
            $message | Should -Match "job\.psd1\(7,\d+\).*Sql"
        }

        It 'runs no code that a file holds' {
            $folder = New-Folder
            $marker = Join-Path $folder 'it-ran'
            $config = New-Pipeline -Folder $folder -Header "Description = `$(New-Item '$marker')" -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"

            { Get-EltTable $config } | Should -Throw -ErrorId 'EltInvalidPipelineFile,EltPs.Commands.GetEltTableCommand'

            $marker | Should -Not -Exist
        }
    }

    Context '-Connection' {
        BeforeAll {
            $config = New-Pipeline -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
        }

        It 'takes <kind>' -ForEach @(
            @{ Kind = 'a database file'; Connection = 'other.duckdb' }
            @{ Kind = 'a table of keys'; Connection = @{ Type = 'DuckDb'; Path = 'other.duckdb' } }
            @{ Kind = 'the embedded warehouse by its name'; Connection = 'duckdb' }
        ) {
            (Get-EltTable $config -Connection $connection).Table | Should -Be 'a.t'
        }

        It 'refuses a name that nobody defined' {
            { Get-EltTable $config -Connection 'warehouse' } | Should -Throw -ErrorId '*,EltPs.Commands.GetEltTableCommand' -ExpectedMessage '*warehouse*'
        }

        It 'refuses a table of keys with <what>' -ForEach @(
            @{ What = 'an unknown type'; Connection = @{ Type = 'Oracle' } }
            @{ What = 'no type'; Connection = @{ Colour = 'blue' } }
            @{ What = 'an unknown key'; Connection = @{ Type = 'DuckDb'; Path = 'x.duckdb'; Colour = 'blue' } }
        ) {
            { Get-EltTable $config -Connection $connection } | Should -Throw -ErrorId 'EltInvalidConnection,EltPs.Commands.GetEltTableCommand'
        }
    }

    It 'dates tables for single steps' {
        $config = Join-Path (New-Folder) 'day.psd1'
        Set-Content $config '@{ Schedule = ''@daily''; Tables = @(@{ Schema = ''analytics''; Table = ''d''; Sql = ''SELECT {{ ds }} AS ds'' }) }'

        $staged = Get-EltTable $config -LogicalDate 2025-01-10 | Invoke-EltCtas

        $values = (Get-EltTable $config -LogicalDate 2025-01-10).Values
        '{0} to {1}' -f $values.data_interval_start, $values.data_interval_end |
            Should -BeExactly '2025-01-10T00:00:00+00:00 to 2025-01-11T00:00:00+00:00'
    }
}
