<#
.SYNOPSIS
    Writes sbom.cdx.json into a packaged module: what it carries, as a CycloneDX 1.6 bill of materials.

.DESCRIPTION
    The packages are those of the lock files, and the files are those of the folder, with their hashes. The same folder gives the same bytes:
    there is no time in it, and the serial number is made of the content.

.PARAMETER Module
    The module's folder, EltPs/<version>.
#>
param([Parameter(Mandatory)] [string] $Module)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$name = 'sbom.cdx.json'
. (Join-Path $PSScriptRoot Packages.ps1)

function Get-Purl($Package) {
    "pkg:nuget/$($Package.Id)@$($Package.Version)"
}

$Module = (Resolve-Path $Module).ProviderPath
$version = [regex]::Match([IO.File]::ReadAllText((Join-Path $Module EltPs.psd1)), "ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value
$packages = @(Get-ShippedPackage $root)
$purls = @{}
$packages | ForEach-Object { $purls[$_.Id] = Get-Purl $_ }
$self = "pkg:generic/EltPs@$version"

$libraries = foreach ($package in $packages) {
    [ordered]@{
        'type'               = 'library'
        'bom-ref'            = $purls[$package.Id]
        'authors'            = @([ordered]@{ name = $package.Authors })
        'name'               = $package.Id
        'version'            = $package.Version
        'licenses'           = @([ordered]@{ license = [ordered]@{ id = $package.License } })
        'copyright'          = $package.Copyright
        'purl'               = $purls[$package.Id]
        'externalReferences' = @([ordered]@{ type = 'website'; url = $package.Url })
    }
}

$paths = [string[]] (Get-ChildItem $Module -File -Recurse |
        ForEach-Object { [IO.Path]::GetRelativePath($Module, $_.FullName).Replace('\', '/') } |
        Where-Object { $_ -ne $name })
[Array]::Sort($paths, [StringComparer]::Ordinal)
$files = foreach ($path in $paths) {
    $hash = (Get-FileHash (Join-Path $Module $path) -Algorithm SHA256).Hash.ToLowerInvariant()
    [ordered]@{
        'type'    = 'file'
        'bom-ref' = "file:$path"
        'name'    = $path
        'hashes'  = @([ordered]@{ alg = 'SHA-256'; content = $hash })
    }
}

$needed = $packages | ForEach-Object Dependencies
$dependencies = @(
    [ordered]@{ ref = $self; dependsOn = @($packages | Where-Object Id -NotIn $needed | ForEach-Object { $purls[$_.Id] }) }
    foreach ($package in $packages) {
        $others = $package.Dependencies | Where-Object { $purls[$_] } | Sort-Object
        [ordered]@{ ref = $purls[$package.Id]; dependsOn = @($others | ForEach-Object { $purls[$_] }) }
    }
)

$bom = [ordered]@{
    '$schema'      = 'http://cyclonedx.org/schema/bom-1.6.schema.json'
    'bomFormat'    = 'CycloneDX'
    'specVersion'  = '1.6'
    'serialNumber' = ''
    'version'      = 1
    'metadata'     = [ordered]@{
        component = [ordered]@{
            'type'     = 'library'
            'bom-ref'  = $self
            'name'     = 'EltPs'
            'version'  = $version
            'licenses' = @([ordered]@{ license = [ordered]@{ id = 'MIT' } })
            'purl'     = $self
        }
    }
    'components'   = @($libraries) + @($files)
    'dependencies' = $dependencies
}
$hash = [Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes(($bom | ConvertTo-Json -Depth 10 -Compress)))
# The marks of a UUID that is made in a way of its own (RFC 9562, version 8).
$hash[7] = ($hash[7] -band 0x0f) -bor 0x80
$hash[8] = ($hash[8] -band 0x3f) -bor 0x80
$bom.serialNumber = "urn:uuid:$([guid]::new([byte[]] $hash[0..15]))"
$target = Join-Path $Module $name
Write-Text $target ($bom | ConvertTo-Json -Depth 10)
$target
