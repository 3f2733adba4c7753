BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Get-EltConnection' {
    BeforeAll {
        $folder = New-Folder
        $config = New-Pipeline -Folder $folder -Header "Connections = @{ reports = @{ Path = 'reports.duckdb' } }" -Table @(
            "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
        )
        Set-Content (Join-Path $folder 'connections.psd1') @'
@{
    Reports  = @{ Path = 'hidden.duckdb' }
    archive  = @{ Type = 'DuckDb'; Path = 'archive.duckdb' }
    prod     = @{ Account = 'org-acc'; Authenticator = 'PROGRAMMATIC_ACCESS_TOKEN'; Token = 'env:PROD_TOKEN' }
    mistaken = @{ Account = 'org-acc'; User = 'loader'; Password = 'hunter2' }
}
'@
        Push-Location -LiteralPath $folder
    }

    AfterAll {
        Pop-Location
    }

    It 'lists the names that can be used here' {
        (Get-EltConnection).Name | Should -Be 'Reports', 'archive', 'prod', 'mistaken'
    }

    It 'lists those of a pipeline file first, and its embedded warehouse' {
        $known = Get-EltConnection -Config $config

        $known.Name | Should -Be 'duckdb', 'reports', 'archive', 'prod', 'mistaken'
        $known[1].Origin | Should -Be $config
        $known[2].Origin | Should -Be (Join-Path $folder 'connections.psd1')
        $known.Type | Select-Object -Unique | Should -Be 'DuckDb', 'Snowflake'
    }

    It 'takes -Name <wanted>' -ForEach @(
        @{ Wanted = 'PROD'; Expected = @('prod') }
        @{ Wanted = '*r*'; Expected = @('Reports', 'archive', 'prod') }
        @{ Wanted = 'x*'; Expected = @() }
    ) {
        @(Get-EltConnection $wanted).ForEach{ $_.Name } | Should -Be $expected
    }

    It 'refuses a name that nobody defines, and lists those that are' {
        { Get-EltConnection 'nowhere' -ErrorAction Stop } |
            Should -Throw -ErrorId 'EltUnknownConnection,EltPs.Commands.GetEltConnectionCommand' -ExpectedMessage "*'nowhere'*'archive'*connections.psd1*"
    }

    It 'tells what is wrong with a connection, and never shows a secret' {
        $mistaken = Get-EltConnection 'mistaken'

        $mistaken.Problem | Should -Match 'connections\.psd1\(5,\d+\): Password: a secret must not be here itself'
        $mistaken | Format-List * -Force | Out-String | Should -Not -Match 'hunter2'
    }

    It 'is shown as a table' {
        Get-EltConnection 'prod' | Out-String -Width 200 | Should -Match 'Name\s+Type\s+Origin\s+Problem'
    }

    It 'lists the others where a file cannot be read' {
        $broken = New-Folder
        Set-Content (Join-Path $broken 'connections.psd1') '@{'
        Push-Location -LiteralPath $broken
        try {
            $known = Get-EltConnection -Config $config -ErrorAction SilentlyContinue
            $known.Name | Should -Contain 'reports'
            { Get-EltConnection -ErrorAction Stop } | Should -Throw -ErrorId 'EltInvalidConnection,EltPs.Commands.GetEltConnectionCommand'
        }
        finally {
            Pop-Location
        }
    }
}
