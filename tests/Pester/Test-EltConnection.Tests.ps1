BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Test-EltConnection' {
    BeforeAll {
        $sample = Copy-Sample
        $folder = Split-Path $sample
        $database = Join-Path $folder 'mau.duckdb'
    }

    Context 'a database that does not exist' {
        It 'is not made, and a warning says that the first run makes it' {
            $result = Test-EltConnection -Config $sample -WarningVariable warned -WarningAction SilentlyContinue

            $result.Account | Should -Be $database
            "$warned" | Should -Match 'does not exist; the first run creates it'
            $database | Should -Not -Exist
        }
    }

    Context 'a database that exists' {
        BeforeAll {
            $null = Invoke-EltPipeline $sample
            $before = Get-FolderHash $folder
        }

        It 'tells what it says, and changes nothing' {
            $result = Test-EltConnection $database

            $result.Type | Should -BeExactly 'DuckDb'
            $result.SignIn | Should -BeExactly 'embedded'
            $result.Database | Should -BeExactly 'mau'
            $result.Version | Should -Not -BeNullOrEmpty
            $result.Latency | Should -BeOfType ([double])
            Get-FolderHash $folder | Should -Be $before
        }

        It 'takes <kind>' -ForEach @(
            @{ Kind = 'the name of the embedded warehouse'; Call = { Test-EltConnection duckdb -Config $sample } }
            @{ Kind = 'a table'; Call = { Test-EltConnection @{ Path = $database } } }
            @{ Kind = 'text from the pipeline'; Call = { $database | Test-EltConnection } }
            @{ Kind = 'a connection from the pipeline'; Call = { Get-EltConnection duckdb -Config $sample | Test-EltConnection } }
        ) {
            (& $call).Account | Should -Be $database
        }

        It 'is shown as a list' {
            Test-EltConnection $database | Out-String | Should -Match 'Latency\s+: \d+\.\d{3} s'
        }
    }

    Context 'what cannot be tested' {
        It 'refuses <what>' -ForEach @(
            @{ What = 'nothing at all'; Id = 'EltInvalidConnection'; Call = { Test-EltConnection } }
            @{ What = 'an unknown name'; Id = 'EltUnknownConnection'; Call = { Test-EltConnection nowhere } }
            @{ What = 'a connection that lacks something'; Id = 'EltInvalidConnection'; Call = { Test-EltConnection @{ Account = 'org-acc' } } }
            @{ What = 'a file that does not exist'; Id = 'EltPipelineFileMissing'; Call = { Test-EltConnection -Config none.psd1 } }
        ) {
            $call | Should -Throw -ErrorId "$id,EltPs.Commands.TestEltConnectionCommand"
        }

        It 'goes on after a bad one of several from the pipeline' {
            $result = 'nowhere', $database | Test-EltConnection -ErrorVariable failed -ErrorAction SilentlyContinue

            @($failed.FullyQualifiedErrorId) | Should -Be 'EltUnknownConnection,EltPs.Commands.TestEltConnectionCommand'
            @($result.Name) | Should -Be $database
        }

        It 'refuses a secret on the command line without showing it' {
            $refused = { Test-EltConnection @{ Account = 'org-acc'; User = 'loader'; Password = 'hunter2' } } |
                Should -Throw -PassThru -ErrorId 'EltInvalidConnection,EltPs.Commands.TestEltConnectionCommand'

            $refused.Exception.Message | Should -Match 'env:NAME'
            $refused.Exception.Message | Should -Not -Match 'hunter2'
        }
    }
}
