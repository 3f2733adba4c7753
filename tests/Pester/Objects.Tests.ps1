# What the cmdlets write, behind the trips that PowerShell has for objects: the same values as before, and shown by the same views.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    $folder = New-Folder
    $config = New-Pipeline -Folder $folder -Header "Tags = @('ELT')" -Table @(
        "@{ Schema = 'mart'; Table = 't'; Sql = 'SELECT 1 AS x' }"
        "@{ Schema = 'mart'; Table = 'u'; Sql = 'SELECT range AS x FROM range(12)'; Tags = @('daily') }"
    )
    $run = Invoke-EltPipeline $config

    # The lines that a screen would show.
    function Get-Shown {
        ($input | Out-String -Width 200) -replace '\x1b\[[0-9;]*m'
    }
}

Describe 'The run of a pipeline' {
    It 'says its status in JSON, whatever the depth' -ForEach @(
        @{ Depth = @{} }
        @{ Depth = @{ Depth = 2 } }
        @{ Depth = @{ Depth = 4 } }
    ) {
        $json = $run | ConvertTo-Json @Depth -WarningAction Stop

        $json | Should -Match '"Status": "Succeeded"'
        $json | Should -Match '"Status": "Published"'
        $again = $json | ConvertFrom-Json
        $again.Tables.Table | Should -Be 'mart.t', 'mart.u'
        $again.Duration | Should -Be $run.Duration
        $again.StartedAt | Should -Be $run.StartedAt
    }

    It 'says it in the JSON of Get-EltRun too' {
        $json = Get-EltRun $config -Last 1 | ConvertTo-Json -Depth 4 -WarningAction Stop

        $json | Should -Match '"Status": "Succeeded"'
        $json | Should -Match '"Status": "Published"'
    }

    It 'comes back from a file of Export-Clixml, and is shown as before' {
        $file = Join-Path $folder 'run.xml'
        $run | Export-Clixml $file

        $again = Import-Clixml $file

        $again.Status -eq 'Succeeded' | Should -BeTrue
        $again.Tables.Status | Should -Be 'Published', 'Published'
        $again.Tables[1].Rows | Should -Be 12
        $again | Get-Shown | Should -BeExactly ($run | Get-Shown)
        $again.Tables | Get-Shown | Should -BeExactly ($run.Tables | Get-Shown)
    }

    It 'comes back from a job with its tables, and is shown as before' {
        $received = Start-Job -ArgumentList (Get-BuiltManifest), $config {
            Import-Module $args[0]
            Invoke-EltPipeline $args[1]
            Get-EltRun $args[1] -Last 1
        } | Receive-Job -Wait -AutoRemoveJob

        $received.Status | Should -Be 'Succeeded', 'Succeeded'
        $received[0].Tables.Status | Should -Be 'Published', 'Published'
        $received[1].Tables[1].Rows | Should -Be 12
        $received[0] | Get-Shown | Should -Match 'job  Succeeded'
        $received[0] | Get-Shown | Should -Match 'mart\.u\s+Published\s+12\s+\d+\.\d{3} s'
        $received[1] | Get-Shown | Should -Match "$($received[1].RunId) Succeeded"
    }

    It 'is a row of readable cells in a table file' {
        $file = Join-Path $folder 'run.csv'
        $run | Export-Csv $file

        $row = Import-Csv $file

        $row.Status | Should -BeExactly 'Succeeded'
        $row.Tables | Should -BeExactly 'mart.t (Published, 1 row); mart.u (Published, 12 rows)'
        "$row" | Should -Not -Match 'System\.|EltPs\.'
    }

    It 'cannot be changed' {
        { $run.Status = 'Failed' } | Should -Throw '*ReadOnly*'
        { $run.Tables[0] = $null } | Should -Throw
    }

    It 'can be asked for by the headings of its tables' {
        $row = $run.Tables | Select-Object Table, Rows, Stage -Last 1

        $row.Table | Should -BeExactly 'mart.u'
        $row.Rows | Should -Be 12
        $row.Stage | Should -BeGreaterThan 0
    }

    It 'is alerted and undone from a file too, by its journal' {
        $file = Join-Path $folder 'again.xml'
        Invoke-EltPipeline $config | Export-Clixml $file

        $payload = Import-Clixml $file | Send-EltSlackAlert -Webhook 'env:NOWHERE' -WhatIf 6>&1
        $undone = Import-Clixml $file | Switch-EltTable -Undo

        "$payload" | Should -Not -Match 'Deserialized'
        $undone.Table | Should -Be 'mart.u', 'mart.t'
    }
}

Describe 'A step out of a file' {
    BeforeAll {
        function Get-Picture {
            $input | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }
        }
    }

    It 'has its staging name, and is not published: nothing vouches for it' {
        $staged = Get-EltTable $config -Table t | Invoke-EltCtas
        $picture = $staged | Get-Picture

        $picture.Staging | Should -BeExactly 'mart.temp_t'
        { $picture | Test-EltRowCount -ErrorAction Stop } | Should -Throw '*came out of a file*Run Invoke-EltCtas*'
        { $staged | Test-EltRowCount | Get-Picture | Switch-EltTable } | Should -Throw '*came out of a file*'
        { Get-EltTable $config | Get-Picture | Invoke-EltCtas -ErrorAction Stop } | Should -Throw '*came out of a file*Run Get-EltTable*'
    }

    It 'is taken where its name is enough' {
        $connection = Get-EltConnection duckdb -Config $config | Get-Picture

        (Test-EltConnection $connection -Config $config).Type | Should -BeExactly 'DuckDb'
    }
}

Describe 'A table of a file' {
    It 'has the tags by which -Tag selects it' {
        (Get-EltTable $config).Tags | Should -Be 'ELT', 'daily', 'ELT'
        (Get-EltTable $config -Tag daily).Table | Should -Be 'mart.u'
    }
}
