BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $cmdlets = (Get-Command -Module EltPs).ForEach{ @{ Cmdlet = $_.Name } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'The manifest' {
    BeforeAll {
        $path = Get-BuiltManifest
        $manifest = Test-ModuleManifest $path
        $text = Import-PowerShellDataFile $path
    }

    It 'is valid, and stands in a folder of its version' {
        $manifest.Name | Should -BeExactly 'EltPs'
        "$($manifest.Version)" | Should -Be (Split-Path (Split-Path $path) -Leaf)
        $manifest.PowerShellVersion | Should -Be ([version] '7.6')
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'lists its cmdlets one by one, and nothing else' {
        $text.CmdletsToExport | Should -Not -Match '\*'
        $text.FunctionsToExport | Should -BeNullOrEmpty
        $text.AliasesToExport | Should -BeNullOrEmpty
        $text.VariablesToExport | Should -BeNullOrEmpty
    }

    It 'lists what the module exports' {
        (Get-Command -Module EltPs).Name | Sort-Object | Should -Be ($text.CmdletsToExport | Sort-Object)
        'Get-EltTable', 'Invoke-EltCtas', 'Test-EltRowCount', 'Switch-EltTable', 'Invoke-EltPipeline', 'New-EltPipeline', 'Test-EltPipeline', 'Get-EltRun', 'Get-EltConnection', 'Test-EltConnection', 'Test-EltSchedule', 'Export-EltSchedule', 'Send-EltSlackAlert' | Should -BeIn $text.CmdletsToExport
    }

    It 'has a description, tags and a licence, and links to nothing' {
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain 'ELT'
        $text.PrivateData.PSData.License | Should -BeExactly 'MIT'
        $text.PrivateData.PSData.Keys | Should -Not -Contain 'ProjectUri'
        $text.PrivateData.PSData.Keys | Should -Not -Contain 'LicenseUri'
    }

    It 'comes with the files that it names' {
        @($text.RootModule) + $text.FormatsToProcess + 'LICENSE' | ForEach-Object {
            Join-Path (Split-Path $path) $_ | Should -Exist
        }
    }
}

Describe 'The help' {
    It 'has <topic>' -ForEach @(
        @{ Topic = 'about_EltPs' }
        @{ Topic = 'about_EltPs_Pipeline_File' }
        @{ Topic = 'about_EltPs_Schedules' }
        @{ Topic = 'about_EltPs_Snowflake' }
    ) {
        "$(Get-Help $topic)" | Should -Match "^TOPIC\r?\n    $topic\r?\n"
    }
}

Describe 'The module' {
    It 'is imported without a word' {
        Invoke-Shell '$null = Get-Command -Module EltPs' | Should -BeNullOrEmpty
    }

    It 'can be removed and imported again' {
        Remove-Module EltPs
        Get-Module EltPs | Should -BeNullOrEmpty

        Import-Module (Get-BuiltManifest)

        $database = Join-Path (New-Folder) 'again.duckdb'
        Measure-Query $database 'SELECT 1 AS n' | Should -Be 1
    }

    It 'exports no type of the warehouse drivers' {
        $types = (Get-Command -Module EltPs).OutputType.Type
        $types | Should -Not -BeNullOrEmpty
        $types.Assembly.GetName().Name | Select-Object -Unique | Should -BeIn 'EltPs', 'EltPs.Engine', 'System.Management.Automation', 'System.Private.CoreLib'
    }
}

Describe '<cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $cmdlet -Module EltPs
    }

    It 'has an approved verb and a singular noun' {
        (Get-Verb $command.Verb) | Should -Not -BeNullOrEmpty
        $command.Noun | Should -CMatch '^Elt[A-Z][a-z]+([A-Z][a-z]+)*$'
        # CTAS is an acronym.
        $command.Noun -replace 'Ctas$' | Should -Not -Match 's$'
    }

    It 'has help with examples and links' {
        $help = Get-Help $cmdlet -Full
        $help.examples.example.Count | Should -BeGreaterOrEqual 3
        $help.relatedLinks.navigationLink.linkText | Should -Contain 'about_EltPs'
    }

    It 'says what it writes' {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'has -WhatIf and -Confirm if it changes something' {
        # A test changes nothing, but Test-EltSchedule notifies Slack when it is asked to. A query only reads.
        $changes = ($command.Verb -in 'Invoke', 'Switch', 'Send', 'New', 'Export' -and $cmdlet -ne 'Invoke-EltQuery') -or $cmdlet -eq 'Test-EltSchedule'
        $command.Parameters.ContainsKey('WhatIf') | Should -Be $changes
        $command.Parameters.ContainsKey('Confirm') | Should -Be $changes
    }

    It 'takes its input from the pipeline' {
        # Get-EltConnection lists what can be named here, and New-EltPipeline writes one file.
        $command.Parameters.Values.Attributes.ValueFromPipeline -contains $true | Should -Be ($cmdlet -notin 'Get-EltConnection', 'New-EltPipeline')
    }
}
