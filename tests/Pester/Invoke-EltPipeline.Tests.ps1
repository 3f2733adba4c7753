BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Invoke-EltPipeline' {
    BeforeEach {
        $folder = New-Folder
    }

    Context 'the sample' {
        BeforeEach {
            $config = Copy-Sample $folder
        }

        It 'publishes twelve months' {
            $run = Invoke-EltPipeline -Config $config

            $run.Status | Should -Be 'Succeeded'
            $run.IsSuccess | Should -BeTrue
            $run.Pipeline | Should -BeExactly 'RunELT_Alert'
            $run.Path | Should -Be $config
            $run.Message | Should -BeNullOrEmpty
            $run.Tables.Count | Should -Be 1
            $run.Tables[0].Table | Should -BeExactly 'analytics.mau_summary'
            $run.Tables[0].Status | Should -Be 'Published'
            $run.Tables[0].Rows | Should -Be 12
            Measure-Query (Join-Path $folder 'mau.duckdb') "SELECT month FROM analytics.mau_summary WHERE month LIKE '2025-__' AND mau > 0" | Should -Be 12
        }

        It 'publishes a second time over the first' {
            $first = Invoke-EltPipeline $config
            $second = Invoke-EltPipeline $config

            $second.Status | Should -Be 'Succeeded'
            $second.RunId | Should -Not -Be $first.RunId
            $second.Tables[0].Generation | Should -Not -Be $first.Tables[0].Generation
        }

        It 'is the same line as the single steps' {
            $published = Get-EltTable $config | Invoke-EltCtas | Test-EltRowCount -Minimum 1 | Switch-EltTable
            $run = Invoke-EltPipeline $config

            $run.Tables[0].Rows | Should -Be $published.Rows
        }

        It 'writes to another database with -Connection' {
            $other = Join-Path $folder 'other.duckdb'

            (Invoke-EltPipeline $config -Connection $other).Status | Should -Be 'Succeeded'

            Measure-Query $other 'SELECT * FROM analytics.mau_summary' | Should -Be 12
            Join-Path $folder 'mau.duckdb' | Should -Not -Exist
        }

        It 'is shown as a header and its tables' {
            $shown = Invoke-EltPipeline $config | Out-String -Width 200

            $shown | Should -Match 'RunELT_Alert  Succeeded'
            $shown | Should -Match 'Table\s+Status\s+Rows\s+Stage\s+Check\s+Publish'
            $shown | Should -Match 'analytics\.mau_summary\s+Published\s+12\s+\d+\.\d{3} s'
        }

        It 'shows the statements of the tables in verbose lines, and those of the catalog in debug lines' {
            $lines = Invoke-EltPipeline $config -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }

            "$lines" | Should -Match '\d\.\d{3} s: .*CREATE'
            "$lines" | Should -Match 'TO_VARCHAR'
            "$lines" | Should -Not -Match 'BEGIN TRANSACTION'
            $lines = Invoke-EltPipeline $config -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
            "$lines" | Should -Match '\d\.\d{3} s: BEGIN TRANSACTION'
        }

        It 'writes a line for each finished table to the information stream of a log, which a script can leave out' {
            $log = Invoke-Shell "`$run = Invoke-EltPipeline '$config'; `$run = Invoke-EltPipeline '$config'"
            $log | Should -HaveCount 2
            $log[0] | Should -Match '^analytics\.mau_summary  published 12 rows \(new\)  \S.* s$'
            $log[1] | Should -Match '^analytics\.mau_summary  published 12 rows \(was 12\)  \S.* s$'

            Invoke-Shell "`$run = Invoke-EltPipeline '$config' 6>`$null" | Should -BeNullOrEmpty
            Invoke-Shell "`$run = Invoke-EltPipeline '$config' -InformationAction Ignore" | Should -BeNullOrEmpty
        }

        It 'leaves standard output to the results where that is redirected' {
            $program, $first = Get-Shell
            $json = & $program @first -NoProfile -NonInteractive -Command "Import-Module '$(Get-BuiltManifest)'; Invoke-EltPipeline '$config' | ConvertTo-Json -Depth 4" 2>$null

            $run = $json | ConvertFrom-Json
            $run.Status | Should -BeExactly 'Succeeded'
            $run.Tables[0].Status | Should -BeExactly 'Published'
            $run.Tables[0].Rows | Should -Be 12
        }
    }

    Context 'a check that fails' {
        BeforeEach {
            # The middle table counts the rows of a file, so that a test can let it run dry.
            Set-Content (Join-Path $folder 'rows.csv') "n`n1`n2`n3"
            $config = New-Pipeline -Folder $folder -Header "Sources = @{ 'raw.numbers' = 'rows.csv' }" -Table @(
                "@{ Schema = 'a'; Table = 'before'; Sql = 'SELECT 1 AS n' }"
                "@{ Schema = 'a'; Table = 'middle'; Sql = 'SELECT n FROM raw.numbers WHERE n > 0' }"
                "@{ Schema = 'a'; Table = 'after'; Sql = 'SELECT 1 AS n' }"
            )
            $database = Join-Path $folder 'job.duckdb'
            (Invoke-EltPipeline $config).Status | Should -Be 'Succeeded'
            Set-Content (Join-Path $folder 'rows.csv') "n`n0"

            $run = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -ErrorVariable failures
        }

        It 'keeps the result of the run' {
            $run.Status | Should -Be 'Failed'
            $run.IsSuccess | Should -BeFalse
            "$($run.FailedTable)" | Should -BeExactly 'a.middle'
            $run.FailedStep | Should -Be 'Check'
        }

        It 'tells the status of every table' {
            $run.Tables.ForEach{ "$($_.Table) $($_.Status)" } | Should -Be 'a.before Published', 'a.middle Failed', 'a.after Skipped'
        }

        It 'writes one error that says what happened and what did not' {
            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeExactly 'EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand'
            $failures[0].CategoryInfo.Category | Should -Be 'InvalidResult'
            $failures[0].Exception.Message | Should -BeExactly "a.middle: check failed: 0 rows in a.temp_middle, at least 1 expected.`na.middle was left as it was."
        }

        It 'gives the result with the error' {
            $failures[0].TargetObject | Should -Be $run
        }

        It 'leaves the published table as it was' {
            Measure-Query $database 'SELECT * FROM a.middle WHERE n > 0' | Should -Be 3
        }

        It 'refuses to undo to the rows that failed' {
            # Published twice, or the undo would be refused because there is nothing before the first.
            Set-Content (Join-Path $folder 'rows.csv') "n`n7"
            $null = Invoke-EltPipeline $config
            Set-Content (Join-Path $folder 'rows.csv') "n`n0"
            $null = Invoke-EltPipeline $config -ErrorAction SilentlyContinue

            { Switch-EltTable -Schema a -Table middle -Connection $database -Undo } |
                Should -Throw -ErrorId 'EltUndoRefused,EltPs.Commands.SwitchEltTableCommand'
            Measure-Query $database 'SELECT * FROM a.middle WHERE n = 7' | Should -Be 1
        }

        It 'ends the script under -ErrorAction Stop' {
            { Invoke-EltPipeline $config -ErrorAction Stop } | Should -Throw -ErrorId 'EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand'
        }

        It 'succeeds again once the data is right' {
            Set-Content (Join-Path $folder 'rows.csv') "n`n7"

            $again = Invoke-EltPipeline $config

            $again.Status | Should -Be 'Succeeded'
            Measure-Query $database 'SELECT * FROM a.middle WHERE n = 7' | Should -Be 1
        }

        It 'is shown with the table that failed' {
            $shown = $run | Out-String -Width 200

            $shown | Should -Match 'job  Failed'
            $shown | Should -Match 'a\.middle\s+Failed'
            $shown | Should -Match 'a\.after\s+Skipped'
        }
    }

    Context 'MinimumRows' {
        It 'of 0 publishes an empty table' {
            $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n WHERE false'; MinimumRows = 0 }"

            $run = Invoke-EltPipeline $config

            $run.Status | Should -Be 'Succeeded'
            $run.Tables[0].Rows | Should -Be 0
        }

        It 'left out asks for one row, and a first build that has none creates nothing' {
            $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n WHERE false' }"

            $null = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -ErrorVariable failures

            $failures[0].Exception.Message | Should -BeExactly "a.t: check failed: 0 rows in a.temp_t, at least 1 expected.`na.t was not created."
            { Measure-Query (Join-Path $folder 'job.duckdb') 'SELECT * FROM a.t' } | Should -Throw -ErrorId 'EltStatementFailed,*'
        }
    }

    Context 'SQL that fails' {
        It 'stops the line, and the error names table, step and statement' {
            $config = New-Pipeline -Folder $folder -Table @(
                "@{ Schema = 'a'; Table = 'wrong'; Sql = 'SELECT nonsense' }"
                "@{ Schema = 'a'; Table = 'after'; Sql = 'SELECT 1 AS n' }"
            )

            $run = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -ErrorVariable failures

            $run.Tables.ForEach{ "$($_.Status)" } | Should -Be 'Failed', 'Skipped'
            $run.FailedStep | Should -Be 'Stage'
            $failures[0].FullyQualifiedErrorId | Should -BeExactly 'EltStatementFailed,EltPs.Commands.InvokeEltPipelineCommand'
            $failures[0].Exception.Message | Should -BeLike 'a.wrong: stage failed*job.psd1(5,*nonsense*'
            $failures[0].Exception.Statement | Should -BeLike '*SELECT nonsense*'
        }
    }

    Context 'the order' {
        It 'lets a table read the one before it' {
            $config = New-Pipeline -Folder $folder -Table @(
                "@{ Schema = 'a'; Table = 'zebra'; Sql = 'SELECT * FROM range(4) AS numbers(n)' }"
                "@{ Schema = 'a'; Table = 'apple'; Sql = 'SELECT * FROM a.zebra WHERE n > 1' }"
            )

            (Invoke-EltPipeline $config).Tables.Rows | Should -Be 4, 2
        }

        It 'of the single steps is the same: the next table begins when the one before is published' {
            $config = New-Pipeline -Folder $folder -Table @(
                "@{ Schema = 'a'; Table = 'zebra'; Sql = 'SELECT * FROM range(4) AS numbers(n)' }"
                "@{ Schema = 'a'; Table = 'apple'; Sql = 'SELECT * FROM a.zebra WHERE n > 1' }"
                "@{ Schema = 'a'; Table = 'mango'; Sql = 'SELECT * FROM a.apple WHERE n > 2' }"
            )

            $published = Get-EltTable $config | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable

            $published.Rows | Should -Be 4, 2, 1
        }
    }

    Context 'the journal' {
        BeforeEach {
            $config = New-Pipeline -Folder $folder -Table @(
                "@{ Schema = 'a'; Table = 'one'; Sql = 'SELECT 1 AS n' }"
                "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT 2 AS n' }"
            )
        }

        It 'is written beside the file, and keeps itself out of repositories' {
            $run = Invoke-EltPipeline $config

            $run.JournalPath | Should -Be (Join-Path $folder '.eltps' 'runs' "$($run.RunId).jsonl")
            Get-Content -LiteralPath $run.JournalPath | Select-Object -Last 1 | ConvertFrom-Json | ForEach-Object event | Should -BeExactly 'runFinished'
            Get-Content (Join-Path $folder '.eltps' '.gitignore') | Should -BeExactly '*'
        }

        It 'is written elsewhere with -StatePath' {
            $elsewhere = New-Folder

            $run = Invoke-EltPipeline $config -StatePath $elsewhere

            $run.JournalPath | Should -Be (Join-Path $elsewhere 'runs' "$($run.RunId).jsonl")
            Join-Path $folder '.eltps' | Should -Not -Exist
        }

        It 'is not written with -WhatIf' {
            Invoke-EltPipeline $config -WhatIf

            Join-Path $folder '.eltps' | Should -Not -Exist
        }

        It 'costs a warning and no table where it cannot be written' {
            Set-Content (Join-Path $folder '.eltps') 'in the way'

            $run = Invoke-EltPipeline $config -WarningVariable warned -WarningAction SilentlyContinue

            $run.Status | Should -Be 'Succeeded'
            $run.JournalPath | Should -BeNullOrEmpty
            "$warned" | Should -Match 'continues without a journal and without a lock'
        }
    }

    Context '-Resume' {
        BeforeEach {
            $first = "@{ Schema = 'a'; Table = 'one'; Sql = 'SELECT 1 AS n' }"
            $config = New-Pipeline -Folder $folder -Table @($first, "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT nonsense' }")
            $failed = Invoke-EltPipeline $config -ErrorAction SilentlyContinue
            $null = New-Pipeline -Folder $folder -Table @($first, "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT 2 AS n' }")
        }

        It 'builds from the table that failed on' {
            $run = Invoke-EltPipeline $config -Resume

            $run.Status | Should -Be 'Succeeded'
            $run.ResumedFrom | Should -BeExactly $failed.RunId
            $run.Tables.Status | Should -Be 'UpToDate', 'Published'
            $run.Tables[0].Generation | Should -Be $failed.Tables[0].Generation
        }

        It 'has nothing to do after a success, and says so' {
            $null = Invoke-EltPipeline $config -Resume

            $run = Invoke-EltPipeline $config -Resume -WarningVariable warned

            $run.Status | Should -Be 'NothingToDo'
            $run.IsSuccess | Should -BeTrue
            $run.Message | Should -Match 'no run to resume'
            $warned | Should -BeNullOrEmpty
        }

        It 'keeps the database file of the run, from whichever folder' {
            Push-Location -LiteralPath $folder
            try {
                $null = New-Pipeline -Folder $folder -Table @($first, "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT nonsense' }")
                $null = Invoke-EltPipeline job.psd1 -Connection other.duckdb -ErrorAction SilentlyContinue
            }
            finally {
                Pop-Location
            }
            $null = New-Pipeline -Folder $folder -Table @($first, "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT 2 AS n' }")

            (Invoke-EltPipeline $config -Resume).Tables.Status | Should -Be 'UpToDate', 'Published'
            Measure-Query (Join-Path $folder 'other.duckdb') 'SELECT * FROM a.two' | Should -Be 1
        }

        It 'refuses another connection' {
            { Invoke-EltPipeline $config -Resume -Connection (Join-Path $folder 'other.duckdb') -ErrorAction Stop } |
                Should -Throw -ErrorId 'EltResumeRefused,EltPs.Commands.InvokeEltPipelineCommand'
        }
    }

    Context 'PublishTogether' {
        BeforeEach {
            $config = Join-Path $folder 'together.psd1'
            $database = Join-Path $folder 'together.duckdb'
            $text = {
                param($condition)
                "@{ PublishTogether = `$true; Tables = @(
                    @{ Schema = 'analytics'; Table = 'a'; Sql = 'SELECT range AS n FROM range(3)' }
                    @{ Schema = 'analytics'; Table = 'b'; Sql = 'SELECT n FROM analytics.a WHERE $condition' }
                ) }"
            }
        }

        It 'publishes all tables, and a later one reads the new rows of an earlier one' {
            Set-Content $config (& $text 'n > 0')

            (Invoke-EltPipeline $config).Tables.Status | Should -Be 'Published', 'Published'

            Measure-Query $database 'SELECT * FROM analytics.b' | Should -Be 2
        }

        It 'publishes none if one fails, and says why of each' {
            Set-Content $config (& $text 'n > 10')

            $run = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -ErrorVariable failure

            $run.Tables.Status | Should -Be 'Skipped', 'Failed'
            $run.Tables[0].Message | Should -Match 'not published'
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand'
            Measure-Query $database "SELECT * FROM duckdb_tables() WHERE schema_name = 'analytics'" | Should -Be 0
        }

        It 'begins with no table in the middle' {
            Set-Content $config (& $text 'n > 0')

            Invoke-EltPipeline $config -StartAt b -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty

            $failure[0].Exception.Message | Should -Match 'PublishTogether'
        }
    }

    Context '-StartAt' {
        BeforeEach {
            $config = New-Pipeline -Folder $folder -Table @(
                "@{ Schema = 'a'; Table = 'one'; Sql = 'SELECT 1 AS n' }"
                "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT 2 AS n' }"
            )
        }

        It 'begins at <table>' -ForEach @(@{ Table = 'two' }, @{ Table = 'a.two' }) {
            (Invoke-EltPipeline $config -StartAt $table).Tables.Status | Should -Be 'Skipped', 'Published'
        }

        It 'refuses a table that the file does not list' {
            { Invoke-EltPipeline $config -StartAt three -ErrorAction Stop } |
                Should -Throw -ErrorId 'EltTableNotFound,EltPs.Commands.InvokeEltPipelineCommand'
        }

        It 'does not go together with -Resume' {
            { Invoke-EltPipeline $config -StartAt two -Resume -ErrorAction Stop } |
                Should -Throw -ErrorId 'ParameterBindingFailed,EltPs.Commands.InvokeEltPipelineCommand'
        }
    }

    Context 'a run that goes on elsewhere' {
        BeforeEach {
            $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
            $null = New-Item -ItemType Directory -Path (Join-Path $folder '.eltps')
            $lock = [System.IO.File]::Open((Join-Path $folder '.eltps' 'job.psd1.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        }

        AfterEach {
            $lock.Dispose()
        }

        It 'is an error of its own, and nothing is done' {
            $run = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -ErrorVariable failures

            $run | Should -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly 'EltRunHeld,EltPs.Commands.InvokeEltPipelineCommand'
            Join-Path $folder 'job.duckdb' | Should -Not -Exist
        }

        It 'is waited for with -LockTimeout, and no longer than that' {
            { Invoke-EltPipeline $config -LockTimeout 1 -ErrorAction Stop } |
                Should -Throw -ErrorId 'EltRunHeld,EltPs.Commands.InvokeEltPipelineCommand' -ExpectedMessage '*(waited 1 s)*'
        }

        It 'holds nothing any more when it has ended' {
            $lock.Dispose()

            (Invoke-EltPipeline $config -LockTimeout '00:00:10').Status | Should -Be 'Succeeded'
        }
    }

    Context 'several files' {
        BeforeEach {
            $null = New-Pipeline -Folder $folder -Name 'a-good' -Table "@{ Schema = 'a'; Table = 'one'; Sql = 'SELECT 1 AS n' }"
            $null = New-Pipeline -Folder $folder -Name 'b-empty' -Table "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT 1 AS n WHERE false' }"
            $null = New-Pipeline -Folder $folder -Name 'c-invalid' -Table "@{ Schema = 'a'; Tabel = 'three'; Sql = 'SELECT 1 AS n' }"
            $null = New-Pipeline -Folder $folder -Name 'd-good' -Table "@{ Schema = 'a'; Table = 'four'; Sql = 'SELECT 1 AS n' }"
        }

        It 'go on after one that failed and one that is not valid' {
            $runs = Invoke-EltPipeline (Join-Path $folder '*.psd1') -ErrorAction SilentlyContinue -ErrorVariable failures

            $runs.ForEach{ "$_" } | Should -Be 'a-good Succeeded', 'b-empty Failed', 'd-good Succeeded'
            $failures.FullyQualifiedErrorId | Should -Be @(
                'EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand'
                'EltInvalidPipelineFile,EltPs.Commands.InvokeEltPipelineCommand'
            )
        }

        It 'come from the pipeline too' {
            $runs = Get-ChildItem (Join-Path $folder '?-good.psd1') | Sort-Object Name | Invoke-EltPipeline

            $runs.ForEach{ "$_" } | Should -Be 'a-good Succeeded', 'd-good Succeeded'
        }

        It 'are runs of their own, with databases of their own' {
            $runs = Invoke-EltPipeline (Join-Path $folder '?-good.psd1')

            $runs[0].RunId | Should -Not -Be $runs[1].RunId
            Join-Path $folder 'a-good.duckdb' | Should -Exist
            Join-Path $folder 'd-good.duckdb' | Should -Exist
        }

        It 'that do not exist are errors' {
            $missing = @('none.psd1', 'x*.psd1', 'nowhere/one.psd1', 'nowhere/*.psd1').ForEach{ Join-Path $folder $_ } + 'nodrive:/one.psd1'

            $runs = Invoke-EltPipeline $missing -ErrorAction SilentlyContinue -ErrorVariable failures

            $runs | Should -BeNullOrEmpty
            $failures.FullyQualifiedErrorId | Should -Be (@('EltPipelineFileMissing,EltPs.Commands.InvokeEltPipelineCommand') * 5)
        }
    }

    Context '-ResultPath and -JUnitPath' {
        BeforeEach {
            $null = New-Pipeline -Folder $folder -Name 'a-good' -Table "@{ Schema = 'a'; Table = 'one'; Sql = 'SELECT 1 AS n' }"
            $null = New-Pipeline -Folder $folder -Name 'b-empty' -Table "@{ Schema = 'a'; Table = 'two'; Sql = 'SELECT 1 AS n WHERE false' }"
            $null = New-Pipeline -Folder $folder -Name 'c-invalid' -Table "@{ Schema = 'a'; Tabel = 'three'; Sql = 'SELECT 1 AS n' }"
            $json = Join-Path $folder 'results' 'elt.json'
            $junit = Join-Path $folder 'results' 'elt.xml'
            $runs = Invoke-EltPipeline (Join-Path $folder '*.psd1') -ResultPath $json -JUnitPath $junit -ErrorAction SilentlyContinue
        }

        It 'write what became of every file as JSON' {
            $result = Get-Content -LiteralPath $json -Raw | ConvertFrom-Json

            $result.version | Should -Be 1
            $result.status | Should -BeExactly 'Failed'
            $result.runs.runId | Should -Be $runs.RunId
            $result.runs[1].error.id | Should -BeExactly 'EltTooFewRows'
            $result.runs[1].resumeCommand | Should -BeExactly $runs[1].ResumeCommand
            $result.errors.id | Should -BeExactly 'EltInvalidPipelineFile'
        }

        It 'write it as JUnit XML' {
            $suites = ([xml](Get-Content -LiteralPath $junit -Raw)).testsuites

            $suites.testsuite.Count | Should -Be 3
            $suites.failures | Should -Be 1
            $suites.errors | Should -Be 1
            $suites.testsuite[1].testcase.failure.type | Should -Be 'EltTooFewRows'
        }
    }

    Context 'where it is called from' {
        It 'does not matter: <name>' -ForEach @(
            @{ Name = 'a folder with a blank' }
            @{ Name = 'a folder [1] with brackets' }
            @{ Name = "a folder with a quote'" }
        ) {
            $odd = Join-Path $folder $name
            $null = New-Item -ItemType Directory -Path $odd
            $null = New-Pipeline -Folder $odd -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
            Push-Location -LiteralPath $odd
            try {
                (Invoke-EltPipeline job.psd1).Status | Should -Be 'Succeeded'
            }
            finally {
                Pop-Location
            }

            Test-Path -LiteralPath (Join-Path $odd 'job.duckdb') | Should -BeTrue
        }
    }

    Context '-WhatIf' {
        BeforeEach {
            $config = Copy-Sample $folder
        }

        It 'makes no file' {
            $before = Get-FolderHash $folder

            Invoke-EltPipeline $config -WhatIf | Should -BeNullOrEmpty

            Get-FolderHash $folder | Should -Be $before
        }

        It 'may come from the preference of the session' {
            $before = Get-FolderHash $folder
            $WhatIfPreference = $true

            Invoke-EltPipeline $config | Should -BeNullOrEmpty
            $WhatIfPreference = $false

            Get-FolderHash $folder | Should -Be $before
        }

        It 'leaves a database byte for byte as it was' {
            $null = Invoke-EltPipeline $config
            $before = Get-FolderHash $folder

            Invoke-EltPipeline $config -WhatIf | Should -BeNullOrEmpty

            Get-FolderHash $folder | Should -Be $before
        }

        It 'prints the SQL of every step' {
            $printed = (Invoke-Shell "Invoke-EltPipeline '$config' -WhatIf") -join "`n"

            $printed | Should -Match '(?s)What if: .*-- stage.*CREATE .*TABLE analytics\.temp_mau_summary.*TO_VARCHAR'
            $printed | Should -Match '(?s)-- check.*count\(\*\).*-- publish.*ALTER TABLE analytics\.temp_mau_summary RENAME TO "mau_summary"'
        }
    }

    Context 'the exit code of pwsh -Command' {
        It 'is <code> for a run that <what>' -ForEach @(
            @{ What = 'succeeds'; Sql = 'SELECT 1 AS n'; Code = 0 }
            @{ What = 'fails'; Sql = 'SELECT 1 AS n WHERE false'; Code = 1 }
        ) {
            $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; Sql = '$sql' }"

            $null = Invoke-Shell "Invoke-EltPipeline '$config'"

            $LASTEXITCODE | Should -Be $code
        }
    }

    Context 'the exit code with -Exit' {
        It 'is <code> for a run that <what>, and what follows is not run' -ForEach @(
            @{ What = 'succeeds'; Sql = 'SELECT 1 AS n'; Key = 'Sql'; Code = 0 }
            @{ What = 'fails'; Sql = 'SELECT 1 AS n WHERE false'; Key = 'Sql'; Code = 1 }
            @{ What = 'has an unknown key'; Sql = 'SELECT 1 AS n'; Key = 'Sqll'; Code = 2 }
        ) {
            $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; $key = '$sql' }"

            $printed = Invoke-Shell "Invoke-EltPipeline '$config' -Exit; 'what follows'"

            $LASTEXITCODE | Should -Be $code
            $printed | Should -Not -Contain 'what follows'
        }

        It 'is that of the worst file, and -ErrorAction Stop keeps no file from running' {
            $good = New-Pipeline -Folder $folder -Name good -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"

            $null = Invoke-Shell "Invoke-EltPipeline '$folder/none.psd1', '$good' -Exit -ErrorAction Stop"

            $LASTEXITCODE | Should -Be 2
            (Get-EltRun $good).Status | Should -Be 'Succeeded'
        }
    }

    Context 'intervals, tables and variables' {
        BeforeEach {
            $config = Join-Path $folder 'day.psd1'
            Set-Content $config @'
@{
    Schedule  = '@daily'
    StartDate = '2025-01-10'
    Variables = @{ word = 'file' }
    Tables    = @(
        @{ Schema = 'analytics'; Table = 'd'; Tags = @('one'); Sql = 'SELECT ''{{ ds }}'' AS ds, {{ word }} AS word' }
        @{ Schema = 'analytics'; Table = 'e'; Sql = 'SELECT 1 AS n' }
    )
}
'@
        }

        It 'runs the interval of a logical date' {
            $run = Invoke-EltPipeline $config -LogicalDate 2025-01-10

            $run.Interval | Should -BeExactly '2025-01-10 00:00 to 2025-01-11 00:00 (UTC)'
            Measure-Query (Join-Path $folder 'day.duckdb') "SELECT * FROM analytics.d WHERE ds = '2025-01-10'" | Should -Be 1
        }

        It 'takes what Get-Date gives for a date' {
            (Invoke-EltPipeline $config -LogicalDate ([datetime] '2025-01-11')).LogicalDate.Day | Should -Be 11
        }

        It 'runs a range, the oldest interval first' {
            $runs = Invoke-EltPipeline $config -From 2025-01-10 -To 2025-01-12

            $runs.LogicalDate.Day | Should -Be @(10, 11, 12)
            (Get-EltRun $config).LogicalDate.Day | Should -Be @(12, 11, 10)
        }

        It 'does nothing a second time with -Scheduled' {
            (Invoke-EltPipeline $config -Scheduled).Status | Should -Be 'Succeeded'
            $second = Invoke-EltPipeline $config -Scheduled

            $second.Status | Should -Be 'NothingToDo'
            $second.Message | Should -Match 'already succeeded'
        }

        It 'builds the tables that -Table and -Tag choose' {
            "$((Invoke-EltPipeline $config -Tag o*).Tables.Table)" | Should -BeExactly 'analytics.d'
            "$((Invoke-EltPipeline $config -Table e).Tables.Table)" | Should -BeExactly 'analytics.e'
        }

        It 'gives a variable another value' {
            $null = Invoke-EltPipeline $config -Variable @{ word = "it's" }

            Measure-Query (Join-Path $folder 'day.duckdb') "SELECT * FROM analytics.d WHERE word = 'it''s'" | Should -Be 1
        }

        It 'refuses -Scheduled with a date' {
            { Invoke-EltPipeline $config -Scheduled -LogicalDate 2025-01-10 } | Should -Throw -ErrorId 'ParameterBindingFailed,EltPs.Commands.InvokeEltPipelineCommand'
        }
    }
}
