<#
.SYNOPSIS
    Publishes a packaged module to a folder, installs it from there, imports it and runs a pipeline with it. Touches nothing of the user's.

.DESCRIPTION
    Needs PowerShell itself, which brings Microsoft.PowerShell.PSResourceGet. The work is done by a second PowerShell, whose home is a
    temporary folder: repositories, modules and caches of the user are those of that folder.

.PARAMETER Module
    The module's folder, EltPs/<version>, as build.ps1 Package makes it for a gallery.
#>
param([Parameter(Mandatory)] [string] $Module)

$ErrorActionPreference = 'Stop'
$Module = (Resolve-Path $Module).ProviderPath
$root = Split-Path $PSScriptRoot
$folder = Join-Path ([IO.Path]::GetTempPath()) "eltps-gallery-$([guid]::NewGuid())"
$repository = Join-Path $folder repository
$sample = Join-Path $folder sample
$null = New-Item -ItemType Directory $repository, $sample
Copy-Item (Join-Path $root samples mau *) $sample -Recurse -Exclude '*.duckdb*'

$script = {
    param($Module, $Repository, $Sample)
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    Register-PSResourceRepository -Name Local -Uri $Repository -Trusted
    Publish-PSResource -Path $Module -Repository Local
    Get-ChildItem $Repository | ForEach-Object { '{0}  {1:0.0} MB' -f $_.Name, ($_.Length / 1e6) }
    Install-PSResource EltPs -Repository Local -Scope CurrentUser
    Import-Module EltPs
    (Get-Module EltPs).ModuleBase
    $run = Invoke-EltPipeline -Config (Join-Path $Sample mau.psd1)
    "$($run.Status), $($run.Tables[0].Rows) rows"
    if ($run.Status -ne 'Succeeded') {
        exit 1
    }
}

# The usual places below a home. They must exist: .NET gives an empty path for a folder of the user's that does not.
$environment = @{
    HOME            = $folder
    USERPROFILE     = $folder
    XDG_DATA_HOME   = Join-Path $folder .local share
    XDG_STATE_HOME  = Join-Path $folder .local state
    XDG_CONFIG_HOME = Join-Path $folder .config
    XDG_CACHE_HOME  = Join-Path $folder .cache
}
$null = $environment.Values | ForEach-Object { New-Item -ItemType Directory -Force $_ }
$before = @{}
try {
    foreach ($name in $environment.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $environment[$name])
    }
    $quoted = $Module, $repository, $sample | ForEach-Object { "'$($_.Replace("'", "''"))'" }
    $command = "& { $script } $quoted"
    # As a dotnet tool PowerShell has no program of its own.
    $shell = Join-Path $PSHOME $(if ($IsWindows) { 'pwsh.exe' } else { 'pwsh' })
    if (Test-Path $shell) {
        & $shell -NoProfile -NonInteractive -Command $command
    }
    else {
        & dotnet (Join-Path $PSHOME pwsh.dll) -NoProfile -NonInteractive -Command $command
    }
    if ($LASTEXITCODE -ne 0) {
        throw "The package of $Module does not install or run."
    }
}
finally {
    foreach ($name in $before.Keys) {
        [Environment]::SetEnvironmentVariable($name, $before[$name])
    }
    Remove-Item $folder -Recurse -Force
}
