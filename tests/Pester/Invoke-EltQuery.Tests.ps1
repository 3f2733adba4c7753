BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Invoke-EltQuery' {
    BeforeAll {
        $config = New-Pipeline -Table "@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT range AS n, DATE ''2025-01-10'' + range::INTEGER AS day FROM range(20)' }"
        $database = $config -replace 'psd1$', 'duckdb'
        $null = Invoke-EltPipeline $config
    }

    It 'writes an object for each row' {
        $rows = Invoke-EltQuery 'SELECT n, day FROM analytics.t WHERE n < 2 ORDER BY n' -Config $config
        $rows.Count | Should -Be 2
        $rows[1].psobject.Properties.Name | Should -Be 'n', 'day'
        $rows[1].n | Should -BeOfType [long]
        $rows[1].day | Should -Be ([datetime] '2025-01-11')
    }

    It 'takes a query from the pipeline' {
        ('SELECT 42 AS answer' | Invoke-EltQuery -Connection ':memory:').answer | Should -Be 42
    }

    It 'takes a file as one text' {
        $file = Join-Path (New-Folder) 'q.sql'
        Set-Content -LiteralPath $file -Value "SELECT n`nFROM analytics.t", 'WHERE n = 3;'
        (Get-Content -Raw -LiteralPath $file | Invoke-EltQuery -Connection $database).n | Should -Be 3
    }

    It 'ends a query that has no end' {
        (Invoke-EltQuery 'FROM range(100000000000)' -Connection ':memory:' -First 2).Count | Should -Be 2
        (Invoke-EltQuery 'FROM range(100000000000)' -Connection ':memory:' | Select-Object -First 2).Count | Should -Be 2
    }

    It 'is shown as a table within 80 columns' {
        $shown = Invoke-EltQuery 'SELECT n, day, NULL AS nothing FROM analytics.t ORDER BY n' -Config $config -First 2 | Out-String -Width 80
        $shown | Should -Match '(?m)^\s*n\s+day\s+nothing\s*$'
        ($shown -split "`n").ForEach{ $_.TrimEnd().Length } | Should -Not -BeGreaterThan 80
    }

    It 'becomes CSV and JSON' {
        $row = Invoke-EltQuery 'SELECT n, day FROM analytics.t WHERE n = 1' -Config $config
        $row | ConvertTo-Csv | Select-Object -First 1 | Should -BeExactly '"n","day"'
        ($row | ConvertTo-Json -Compress) | Should -BeExactly '{"n":1,"day":"2025-01-11T00:00:00"}'
    }

    It 'refuses <sql>' -ForEach @(
        @{ Sql = 'DELETE FROM analytics.t' }
        @{ Sql = 'SELECT 1; DROP TABLE analytics.t' }
        @{ Sql = 'EXPLAIN ANALYZE DELETE FROM analytics.t' }
        @{ Sql = "COPY analytics.t TO 'out.csv'" }
    ) {
        { Invoke-EltQuery $sql -Config $config } | Should -Throw -ErrorId 'EltInvalidSql,EltPs.Commands.InvokeEltQueryCommand' -ExpectedMessage 'SQL(1,*'
        (Invoke-EltQuery 'SELECT COUNT(*) AS rows FROM analytics.t' -Config $config).rows | Should -Be 20
    }

    It 'changes no file' {
        $folder = Split-Path $config
        $before = Get-FolderHash $folder
        $null = Invoke-EltQuery 'SELECT * FROM analytics.t' -Config $config
        Get-FolderHash $folder | Should -Be $before
    }

    It 'refuses a database that is not there, and makes none' {
        $missing = Join-Path (New-Folder) 'none.duckdb'
        { Invoke-EltQuery 'SELECT 1 AS n' -Connection $missing } | Should -Throw -ErrorId 'EltDatabaseMissing,EltPs.Commands.InvokeEltQueryCommand'
        $missing | Should -Not -Exist
    }

    It 'tells the place of a mistake' {
        { Invoke-EltQuery "SELECT n,`n  nope FROM analytics.t" -Config $config } |
            Should -Throw -ErrorId 'EltStatementFailed,EltPs.Commands.InvokeEltQueryCommand' -ExpectedMessage 'SQL(2,3)*nope*'
    }

    It 'is cancelled when its time is over' {
        { Invoke-EltQuery 'SELECT count(*) AS n FROM range(100000000) a, range(100000000) b WHERE (a.range + b.range) % 7 = 8' -Connection ':memory:' -Timeout 1 } |
            Should -Throw -ErrorId 'EltTimeout,EltPs.Commands.InvokeEltQueryCommand' -ExpectedMessage '*-Timeout*'
    }

    It 'reads a source before the first run, with the values of the file' {
        $sample = Copy-Sample
        (Invoke-EltQuery 'SELECT {{ ds }} AS day, COUNT(*) AS sessions FROM raw_data.session_timestamp' -Config $sample -LogicalDate 2025-01-10).day |
            Should -Be ([datetime] '2025-01-10')
        Get-ChildItem (Split-Path $sample) -Filter '*.duckdb*' | Should -BeNullOrEmpty
    }
}
