BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # What a user sees of the last error in one of PowerShell's views.
    function Get-Shown([string] $View, [scriptblock] $Command) {
        $before = $global:ErrorView
        $global:ErrorView = $View
        try {
            $failures = $null
            $null = & $Command -ErrorAction SilentlyContinue -ErrorVariable failures
            # A view of its own for each: Out-String renders the record as the console would.
            ($failures[-1] | Out-String -Width 400) -replace "\e\[[\d;]*m"
        }
        finally {
            $global:ErrorView = $before
        }
    }
}

Describe 'Errors' {
    BeforeAll {
        $folder = New-Folder
        $config = New-Pipeline -Folder $folder -Table "@{ Schema = 'a'; Table = 't'; Sql = 'SELECT nonsense' }"
        $null = New-Pipeline -Folder $folder -Name 'broken' -Table @(
            "@{ Schema = 'a'; Table = 't'; Sql = ""SELECT `$x"" }"
            "@{ Schema = 'a'; Tabel = 'u'; Sql = 'SELECT 1 AS n' }"
        )
        Push-Location -LiteralPath $folder
    }

    AfterAll {
        Pop-Location
    }

    It 'have their advice once in <_>' -ForEach @('ConciseView', 'NormalView') {
        $shown = Get-Shown $_ { [CmdletBinding()] param() Invoke-EltPipeline jbo.psd1 }

        ([regex]::Matches($shown, 'Did you mean job\.psd1\?')).Count | Should -Be 1
    }

    It 'have their advice in DetailedView, which lists all that a record has' {
        Get-Shown 'DetailedView' { [CmdletBinding()] param() Invoke-EltPipeline jbo.psd1 } | Should -Match '(?s)Message\s+: jbo\.psd1: There is no such file\.\s+Did you mean job\.psd1\?'
    }

    It 'have their advice as RecommendedAction' {
        $null = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -ErrorVariable failed

        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Correct the SQL and run again.'
        $failed[0].Exception.Message | Should -Match 'Correct the SQL and run again\.$'
        "$($failed[0])" | Should -Not -Match 'Correct the SQL'
    }

    It 'of a file that is not there are ObjectNotFound, and say which was meant' {
        $null = Invoke-EltPipeline jbo.psd1 -ErrorAction SilentlyContinue -ErrorVariable failed

        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'EltPipelineFileMissing,EltPs.Commands.InvokeEltPipelineCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Did you mean job.psd1?'
    }

    It 'of a file have a line for each mistake' {
        $shown = Get-Shown 'ConciseView' { [CmdletBinding()] param() Invoke-EltPipeline broken.psd1 }

        @($shown -split "`n" -match 'broken\.psd1\(\d+,\d+\)').Count | Should -BeGreaterOrEqual 3
    }

    It 'of Test-EltPipeline do not repeat the findings of its result' {
        $result = Test-EltPipeline broken.psd1 -ErrorAction SilentlyContinue -ErrorVariable failed

        $result.Errors.Count | Should -BeGreaterThan 1
        "$($failed[0])" | Should -BeExactly "broken.psd1 is not valid: $($result.Errors.Count) errors, in the Findings of its result. Nothing was changed."
        foreach ($finding in $result.Errors) {
            $failed[0].Exception.Message | Should -BeLike "*$([WildcardPattern]::Escape("$finding"))*"
        }
    }

    It 'of Get-EltRun name the ids near one that is not there' {
        $null = Invoke-EltPipeline $config -ErrorAction SilentlyContinue
        $id = (Get-EltRun -Last 1).RunId

        Get-EltRun -Id $id.Substring(0, 16) -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty

        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'EltRunNotFound,EltPs.Commands.GetEltRunCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$($failed[0])" | Should -Match $id
        Get-EltRun -Id 'nothing*' -ErrorAction Stop | Should -BeNullOrEmpty
    }
}
