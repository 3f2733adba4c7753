BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # What the Tab key offers at the end of a command line.
    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

Describe 'Completion' {
    BeforeAll {
        $folder = New-Folder
        $null = New-Pipeline -Folder $folder -Name 'shop' -Header "Tags = @('nightly')" -Table @(
            "@{ Schema = 'analytics'; Table = 'orders'; Sql = 'SELECT 1 AS n'; Tags = @('sales', 'north east') }"
            "@{ Schema = 'analytics'; Table = 'order_items'; Sql = 'SELECT 1 AS n'; Tags = @('sales') }"
            "@{ Schema = 'analytics'; Table = '""my table""'; Sql = 'SELECT 1 AS n' }"
        )
        Set-Content (Join-Path $folder 'broken.psd1') "@{ Tables = "
        $null = New-Item (Join-Path $folder 'shop.duckdb'), (Join-Path $folder 'with blank.duckdb')
        Push-Location -LiteralPath $folder
    }

    AfterAll {
        Pop-Location
    }

    It 'knows the cmdlets' {
        (Get-Completion 'Invoke-Elt').CompletionText | Should -Be 'Invoke-EltCtas', 'Invoke-EltPipeline', 'Invoke-EltQuery'
    }

    It 'knows the parameters' {
        (Get-Completion 'Test-EltRowCount -M').CompletionText | Should -Be '-Minimum', '-Maximum'
    }

    It 'completes -Config with files' {
        (Get-Completion 'Invoke-EltPipeline -Config sh').ListItemText | Should -Contain 'shop.psd1'
    }

    It 'completes -Table with the tables of the file, from the current location' {
        (Get-Completion 'Get-EltTable -Config shop.psd1 -Table ord').CompletionText | Should -Be 'analytics.orders', 'analytics.order_items'
    }

    It 'completes -Table with the tables of a file anywhere' {
        (Get-Completion "Get-EltTable '$(Join-Path $folder 'shop.psd1')' -Table analytics.orders").CompletionText | Should -Be 'analytics.orders'
    }

    It 'completes -Table with the tables of all files that a wildcard matches' {
        (Get-Completion 'Get-EltTable sh*.psd1 -Table ord').CompletionText | Should -Be 'analytics.orders', 'analytics.order_items'
    }

    It 'completes -StartAt with the tables of the file' {
        (Get-Completion 'Invoke-EltPipeline -Config shop.psd1 -StartAt ord').CompletionText | Should -Be 'analytics.orders', 'analytics.order_items'
    }

    It 'completes -Status with what can become of a run' {
        (Get-Completion 'Get-EltRun -Status Su').CompletionText | Should -Be 'Succeeded'
    }

    It 'quotes a table that has to be quoted' {
        (Get-Completion 'Get-EltTable -Config shop.psd1 -Table my').CompletionText | Should -Be '''analytics."my table"'''
    }

    It 'goes on after an opening quote' {
        (Get-Completion "Get-EltTable -Config shop.psd1 -Tag 'no").CompletionText | Should -Contain "'north east'"
    }

    It 'completes -Tag with the tags of the file, each once' {
        (Get-Completion 'Get-EltTable -Config shop.psd1 -Tag sa').CompletionText | Should -Be 'sales'
    }

    It 'completes -Tag with the tags of the whole file too' {
        (Get-Completion 'Get-EltTable -Config shop.psd1 -Tag night').CompletionText | Should -Be 'nightly'
    }

    It 'offers a completion that finds the table' {
        $line = 'Get-EltTable -Config shop.psd1 -Table '
        $found = Get-Completion $line | ForEach-Object { & ([scriptblock]::Create($line + $_.CompletionText)) }

        $found.Table | Should -Be 'analytics.orders', 'analytics.order_items', 'analytics."my table"'
    }

    It 'is silent about a file <what>' -ForEach @(
        @{ What = 'with mistakes'; Config = 'broken.psd1' }
        @{ What = 'that does not exist'; Config = 'none.psd1' }
        @{ What = 'on a drive that does not exist'; Config = 'nodrive:\none.psd1' }
    ) {
        (Get-Completion "Get-EltTable -Config $config -Table analytics").ListItemText | Should -Not -Match '^analytics\.'
    }

    It 'completes -Connection of <cmdlet> with the embedded warehouse and the databases of the current location' -ForEach @(
        @{ Cmdlet = 'Get-EltTable' }
        @{ Cmdlet = 'Invoke-EltPipeline' }
        @{ Cmdlet = 'Invoke-EltCtas' }
        @{ Cmdlet = 'Switch-EltTable' }
        @{ Cmdlet = 'Test-EltConnection' }
        @{ Cmdlet = 'Test-EltSchedule' }
    ) {
        (Get-Completion "$cmdlet -Connection ").CompletionText | Should -Be 'duckdb', 'shop.duckdb', "'with blank.duckdb'"
        (Get-Completion "$cmdlet -Connection sh").CompletionText | Should -Be 'shop.duckdb'
    }
}
