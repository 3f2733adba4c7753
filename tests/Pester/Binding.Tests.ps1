BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Binding' {
    BeforeEach {
        $folder = New-Folder
        $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"
        Push-Location -LiteralPath $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'stages the rows of a CSV file by its columns' {
        Set-Content rows.csv 'Schema,Table,Sql', 'a,one,SELECT 1 AS n', 'a,two,SELECT 2 AS n'

        $published = Import-Csv rows.csv | Invoke-EltCtas -Connection csv.duckdb | Test-EltRowCount | Switch-EltTable

        $published.ForEach{ "$_" } | Should -Be 'a.one', 'a.two'
        Measure-Query csv.duckdb 'SELECT * FROM a.one, a.two' | Should -Be 1
    }

    It 'does not run a pipeline because a run is piped' {
        $null = Invoke-EltPipeline $config

        Get-EltRun | Invoke-EltPipeline -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty

        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'EltInvalidInput,EltPs.Commands.InvokeEltPipelineCommand'
        "$($failed[0])" | Should -BeLike '*add -Resume;*-Config ''*job.psd1''*'
        @(Get-EltRun).Count | Should -Be 1
    }

    It 'undoes what is piped on the connection that is named' {
        $null = 1, 2 | ForEach-Object { Invoke-EltPipeline $config -Connection other.duckdb }

        $undone = Get-EltTable $config | Switch-EltTable -Undo -Connection other.duckdb

        $undone.IsUndo | Should -BeTrue
    }

    It 'finds the only pipeline file of the folder' {
        (Invoke-EltPipeline).Pipeline | Should -BeExactly 'job'
        (Invoke-EltPipeline job).Pipeline | Should -BeExactly 'job'
        (Get-Item . | Invoke-EltPipeline).Pipeline | Should -BeExactly 'job'
    }

    It 'refuses <_>, and says why' -ForEach @(
        '-Resume -StartAt t', '-StartAt t -Resume', '-Scheduled -LogicalDate 2025-01-10', '-From 2025-01-10 -StartAt t', '-Resume -Tag x'
    ) {
        { & ([scriptblock]::Create("Invoke-EltPipeline `$config $_")) } |
            Should -Throw -ErrorId 'ParameterBindingFailed,EltPs.Commands.InvokeEltPipelineCommand' -ExpectedMessage '*Exception setting "*": "-*'
    }

    It 'takes files from the pipeline with <_>' -ForEach @('-LogicalDate 2025-01-10', '-From 2025-01-10 -To 2025-01-10', '-Scheduled', '-StartAt t', '-Resume', '-Tag x') {
        $config = New-Pipeline -Folder $folder -Header "Schedule = '@daily'; StartDate = '2025-01-10'; EndDate = '2025-01-10'" -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"

        $runs = & ([scriptblock]::Create("Get-Item `$config | Invoke-EltPipeline $_"))

        $runs.IsSuccess | Should -BeTrue
    }

    It 'asks nothing with -Confirm:$false, whatever the preference is: <_>' -ForEach @(
        'Invoke-EltPipeline job.psd1 -Confirm:$false'
        'Get-EltTable job.psd1 | Invoke-EltCtas -Confirm:$false | Test-EltRowCount | Switch-EltTable -Confirm:$false'
        'Test-EltSchedule scheduled.psd1 -Quiet -Confirm:$false'
        'Export-EltSchedule scheduled.psd1 Cron -Shell Elt -ShellPath job.psd1 -Confirm:$false'
        'New-EltPipeline new -Confirm:$false'
        'Send-EltSlackAlert -Pending -Confirm:$false'
    ) {
        $null = New-Pipeline -Folder $folder -Name 'scheduled' -Header "Schedule = '@daily'" -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT 1 AS n' }"

        $shown = Invoke-Shell "Set-Location -LiteralPath '$folder'; `$ConfirmPreference = 'Low'; `$ErrorActionPreference = 'Stop'; `$null = & { $_ }; 'no question'"

        $shown | Should -Contain 'no question'
    }
}
