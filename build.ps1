<#
.SYNOPSIS
    Cleans, builds, tests, packages or installs the module, or adds Snowflake's driver to it.

.DESCRIPTION
    Runs under PowerShell 7.6 and under the project's own host:

        dotnet run --project src/EltPs.Host -- build.ps1 Build

.PARAMETER Task
    Clean            removes output/ and every bin and obj folder.
    Build            builds everything; the module is then in output/EltPs/<version>.
    Test             runs all tests, the Pester specs under PowerShell 7.6 among them.
    Package          makes output/packages/EltPs-<version>-<platform>.zip for each platform, and the module for a gallery, which carries the
                     libraries of all platforms, in output/packages/gallery/EltPs/<version>; without Snowflake's driver. Each contains
                     third-party notices and a bill of materials (CycloneDX).
    Elt              makes output/elt: elt with the module, compiled ahead of time for this machine's platform, so that it starts in half of
                     the time. It does not need this repository.
    Notices          writes THIRD-PARTY-NOTICES.txt anew, after a change of a package.
    Install          copies the built module to the user's module folder, or to -Destination. A driver that is in the built module comes
                     along; one that is only there stays.
    SnowflakeDriver  puts Snowflake's ADO.NET driver and its dependencies into the built module's drivers/Snowflake.Data, where the package
                     source has it. Only sign-ins that Snowflake's SQL API has not need it: browser, password, second factor, Okta,
                     workload identity.

.PARAMETER Configuration
    Debug or Release; Package and Elt make Release builds unless this says otherwise.

.PARAMETER Platform
    Package: one or several platforms, gallery, or all. DuckDB's native library is there for each platform. Default: all.

.PARAMETER Destination
    Install: a folder for modules; EltPs/<version> is made in it.
#>
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Package', 'Elt', 'Notices', 'Install', 'SnowflakeDriver')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $(if ($Task -in 'Package', 'Elt') { 'Release' } else { 'Debug' }),

    [ValidateSet('all', 'gallery', 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64')]
    [string[]] $Platform = 'all',

    [string] $Destination
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$output = [IO.Path]::Combine($root, 'output')
$manifest = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'EltPs.psd1'))
$version = [regex]::Match($manifest, "ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args failed with exit code $LASTEXITCODE."
    }
}

function Remove-Folder([string] $Path) {
    if ([IO.Directory]::Exists($Path)) {
        [IO.Directory]::Delete($Path, $true)
    }
}

# A driver may have been put there by hand: nothing else would bring it back.
function Remove-Module([string] $Path, [bool] $KeepDriver) {
    if (-not $KeepDriver) {
        Remove-Folder $Path
        return
    }
    if (-not [IO.Directory]::Exists($Path)) {
        return
    }
    foreach ($file in [IO.Directory]::GetFiles($Path)) {
        [IO.File]::Delete($file)
    }
    foreach ($folder in [IO.Directory]::GetDirectories($Path)) {
        if ([IO.Path]::GetFileName($folder) -ne 'drivers') {
            Remove-Folder $folder
        }
    }
}

function Copy-Folder([string] $From, [string] $To) {
    foreach ($file in [IO.Directory]::EnumerateFiles($From, '*', 'AllDirectories')) {
        $target = [IO.Path]::Combine($To, [IO.Path]::GetRelativePath($From, $file))
        [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        [IO.File]::Copy($file, $target, $true)
    }
}

function Invoke-Clean {
    Remove-Folder $output
    foreach ($project in [IO.Directory]::EnumerateFiles($root, '*.csproj', 'AllDirectories')) {
        $folder = [IO.Path]::GetDirectoryName($project)
        Remove-Folder ([IO.Path]::Combine($folder, 'bin'))
        Remove-Folder ([IO.Path]::Combine($folder, 'obj'))
    }
}

function Invoke-Build {
    Invoke-Dotnet build ([IO.Path]::Combine($root, 'EltPs.sln')) -c $Configuration
}

function Invoke-Test {
    Invoke-Dotnet test --solution ([IO.Path]::Combine($root, 'EltPs.sln')) -c $Configuration
}

function Invoke-Package {
    $all = 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64', 'gallery'
    $names = if ($Platform -contains 'all') { $all } else { $Platform }
    $packages = [IO.Path]::Combine($output, 'packages')
    [void] [IO.Directory]::CreateDirectory($packages)
    foreach ($name in $names) {
        if ($name -eq 'gallery') {
            New-GalleryModule ([IO.Path]::Combine($packages, $name))
        }
        else {
            New-PlatformZip $name $packages
        }
    }
}

function New-PlatformZip([string] $Name, [string] $Packages) {
    $layout = [IO.Path]::Combine($Packages, $Name)
    $zip = [IO.Path]::Combine($Packages, "EltPs-$version-$Name.zip")
    $module = New-PackagedModule $layout $Name
    Invoke-AheadOfTimeCompiler $module $Name
    [void] (& ([IO.Path]::Combine($root, 'packaging', 'New-Sbom.ps1')) -Module $module)
    [IO.File]::Delete($zip)
    [IO.Compression.ZipFile]::CreateFromDirectory($layout, $zip)
    Remove-Folder $layout
    Get-Size $zip ([IO.FileInfo]::new($zip).Length)
}

# For all platforms, so without code for one of them; packaging/Test-GalleryModule.ps1 publishes it to a folder and imports it from there.
function New-GalleryModule([string] $Layout) {
    $module = New-PackagedModule $Layout any
    [void] (& ([IO.Path]::Combine($root, 'packaging', 'New-Sbom.ps1')) -Module $module)
    $bytes = 0L
    foreach ($file in [IO.Directory]::EnumerateFiles($module, '*', 'AllDirectories')) {
        $bytes += [IO.FileInfo]::new($file).Length
    }
    Get-Size $module $bytes
}

function New-PackagedModule([string] $Layout, [string] $Name) {
    Remove-Folder $Layout
    $project = [IO.Path]::Combine($root, 'src', 'EltPs')
    Invoke-Dotnet build $project -c $Configuration -v quiet "-p:EltPsPlatform=$Name" "-p:EltPsLayoutRoot=$Layout/EltPs/" | Out-Host
    [IO.Path]::Combine($Layout, 'EltPs', $version)
}

function Invoke-AheadOfTimeCompiler([string] $Module, [string] $Name) {
    $project = [IO.Path]::Combine($root, 'packaging', 'ReadyToRun.csproj')
    $lines = & dotnet restore $project -v quiet "-p:EltPsPlatform=$Name"
    if ($LASTEXITCODE -ne 0) {
        "$Name is not compiled ahead of time: the package source lacks the compiler or the runtime pack." | Out-Host
        $lines | Select-Object -First 1 | Out-Host
        return
    }
    Invoke-Dotnet msbuild $project '-v:quiet' -nologo '-t:CompileModule' "-p:EltPsPlatform=$Name" "-p:ModuleFolder=$Module" | Out-Host
}

function Get-Size([string] $Path, [long] $Bytes) {
    [string]::Format([cultureinfo]::InvariantCulture, '{0}  {1:0.0} MB', $Path, $Bytes / 1e6)
}

function Invoke-Elt {
    $target = [IO.Path]::Combine($output, 'elt')
    $platform = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
    Remove-Folder $target
    $project = [IO.Path]::Combine($root, 'src', 'EltPs.Host')
    Invoke-Dotnet publish $project -c $Configuration -v quiet "-p:EltPsPlatform=$platform" '-p:PublishReadyToRun=true' -o $target | Out-Host

    # Beside PowerShell's own modules, where elt looks for it first.
    $layout = [IO.Path]::Combine($output, 'packages', 'elt')
    $module = New-PackagedModule $layout $platform
    Invoke-AheadOfTimeCompiler $module $platform
    Copy-Folder $layout ([IO.Path]::Combine($target, 'Modules'))
    Remove-Folder $layout
    $target
}

function Invoke-Notices {
    & ([IO.Path]::Combine($root, 'packaging', 'New-Notices.ps1'))
}

function Invoke-Install {
    $built = [IO.Path]::Combine($output, 'EltPs', $version)
    if (-not [IO.Directory]::Exists($built)) {
        Invoke-Build
    }

    $modules = if ($Destination) {
        [IO.Path]::GetFullPath($Destination, $PWD.ProviderPath)
    }
    elseif ($IsWindows) {
        [IO.Path]::Combine([Environment]::GetFolderPath('MyDocuments'), 'PowerShell', 'Modules')
    }
    else {
        [IO.Path]::Combine([Environment]::GetFolderPath('UserProfile'), '.local', 'share', 'powershell', 'Modules')
    }

    $target = [IO.Path]::Combine($modules, 'EltPs', $version)
    $keepDriver = -not [IO.Directory]::Exists([IO.Path]::Combine($built, 'drivers'))
    try {
        Remove-Module $target $keepDriver
    }
    catch {
        throw "$target is in use: close the PowerShell sessions that have imported EltPs. $($_.Exception.Message)"
    }
    Copy-Folder $built $target
    "Installed EltPs $version in $target"
}

function Invoke-SnowflakeDriver {
    $project = [IO.Path]::Combine($root, 'src', 'SnowflakeDriver')
    $target = [IO.Path]::Combine($output, 'EltPs', $version, 'drivers', 'Snowflake.Data')
    & dotnet restore $project
    if ($LASTEXITCODE -ne 0) {
        throw "Snowflake.Data could not be restored, as said above. Where the package source does not have it ('dotnet nuget list source' names yours), " +
            "put Snowflake.Data.dll with its dependencies into $target, or sign in with a key pair, an OAuth token or a programmatic access token, " +
            'which work without it.'
    }

    # Aside first: a publish that fails leaves the driver as it was.
    $published = [IO.Path]::Combine($output, '.driver')
    Remove-Folder $published
    Invoke-Dotnet publish $project -c Release --no-restore -o $published
    try {
        Remove-Folder $target
    }
    catch {
        throw "$target is in use: close the PowerShell sessions that have imported EltPs. $($_.Exception.Message)"
    }
    [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
    [IO.Directory]::Move($published, $target)
    "Snowflake.Data is in $target"
}

& "Invoke-$Task"
