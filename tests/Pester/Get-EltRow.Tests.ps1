BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Get-EltRow' {
    BeforeAll {
        $config = New-Pipeline -Table "@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT range AS n FROM range(20)' }"
        $database = $config -replace 'psd1$', 'duckdb'
        $run = Invoke-EltPipeline $config
    }

    It 'writes ten rows, or as many as are asked for' {
        @(Get-EltRow analytics.t -Config $config).Count | Should -Be 10
        @(Get-EltRow analytics.t -Config $config -First 3).Count | Should -Be 3
        @(Get-EltRow analytics.t -Connection $database -All).Count | Should -Be 20
    }

    It 'takes the table alone where the file lists it, or with -Schema' {
        @(Get-EltRow t -Config $config -First 1).Count | Should -Be 1
        @(Get-EltRow -Schema analytics -Table t -Connection $database -First 1).Count | Should -Be 1
    }

    It 'takes the tables of a run' {
        @($run.Tables | Get-EltRow -First 2).Count | Should -Be 2
    }

    It 'takes the lines of a file by their properties' {
        $list = Join-Path (New-Folder) 'tables.csv'
        Set-Content -LiteralPath $list -Value 'Schema,Table', 'analytics,t'
        @(Import-Csv -LiteralPath $list | Get-EltRow -Config $config -First 2).Count | Should -Be 2
    }

    It 'shows a build before it is published, and what was published before' {
        $folder = New-Folder
        $two = New-Pipeline -Folder $folder -Table "@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' }"
        $null = Invoke-EltPipeline $two
        $null = New-Pipeline -Folder $folder -Table "@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 2 AS n' }"

        (Get-EltTable $two | Invoke-EltCtas | Get-EltRow).n | Should -Be 2
        (Get-EltRow t -Config $two).n | Should -Be 1
        (Get-EltRow t -Config $two -Generation Staged).n | Should -Be 2
        $null = Invoke-EltPipeline $two
        (Get-EltRow t -Config $two).n | Should -Be 2
        (Get-EltRow t -Config $two -Generation Previous).n | Should -Be 1
    }

    It 'says what there is instead of a generation that is not' {
        { Get-EltRow t -Config $config -Generation Previous } |
            Should -Throw -ErrorId 'EltTableNotFound,EltPs.Commands.GetEltRowCommand' -ExpectedMessage '*Only the published analytics.t is there.*'
    }

    It 'refuses -All with -First' {
        { Get-EltRow t -Config $config -All -First 1 } | Should -Throw -ErrorId 'EltInvalidInput,EltPs.Commands.GetEltRowCommand'
    }

    It 'changes no file' {
        $folder = Split-Path $config
        $before = Get-FolderHash $folder
        $null = Get-EltRow t -Config $config
        Get-FolderHash $folder | Should -Be $before
    }
}
