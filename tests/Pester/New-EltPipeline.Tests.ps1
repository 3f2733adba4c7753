BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'New-EltPipeline' {
    BeforeEach {
        $folder = New-Folder
        $path = Join-Path $folder 'sales.psd1'
    }

    It 'writes a file that is valid and runs as it is' {
        $file = New-EltPipeline $path

        $file | Should -BeOfType [System.IO.FileInfo]
        $file.FullName | Should -Be $path
        Test-EltPipeline $path -Quiet | Should -BeTrue
        (Invoke-EltPipeline $path).Status | Should -Be 'Succeeded'
    }

    It 'takes a name, a table, a schedule and a date' {
        $null = New-EltPipeline $path -Name "it's mine" -Schema reporting -Table weekly -Schedule '@weekly' -StartDate '2025-01-05'

        $text = Import-PowerShellDataFile $path
        $text.Name | Should -BeExactly "it's mine"
        $text.Schedule | Should -BeExactly '@weekly'
        $text.StartDate | Should -BeExactly '2025-01-05'
        $text.Tables.Schema | Should -BeExactly 'reporting'
        $text.Tables.Table | Should -BeExactly 'weekly'
    }

    It 'adds the extension' {
        (New-EltPipeline (Join-Path $folder 'sales')).Name | Should -BeExactly 'sales.psd1'
    }

    It 'replaces a file with -Force only' {
        Set-Content $path 'mine'

        { New-EltPipeline $path } | Should -Throw -ErrorId 'EltFileExists,EltPs.Commands.NewEltPipelineCommand'
        Get-Content $path | Should -Be 'mine'

        $null = New-EltPipeline $path -Force
        Test-EltPipeline $path -Quiet | Should -BeTrue
    }

    It 'refuses a folder that is not there' {
        { New-EltPipeline (Join-Path $folder 'nowhere' 'sales.psd1') } |
            Should -Throw -ErrorId 'EltFolderMissing,EltPs.Commands.NewEltPipelineCommand'
    }

    It 'refuses a schedule that is none' {
        { New-EltPipeline $path -Schedule 'sometimes' } |
            Should -Throw -ErrorId 'EltInvalidPipelineFile,EltPs.Commands.NewEltPipelineCommand'
        $path | Should -Not -Exist
    }

    It 'writes nothing with -WhatIf' {
        New-EltPipeline $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }
}
