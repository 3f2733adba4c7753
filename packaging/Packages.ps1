# The packages that the module carries, for New-Notices.ps1 and New-Sbom.ps1. No network: they are those of the lock files, as the build has
# restored them.

# The projects whose packages end up in the module; of src/EltPs itself nothing but a reference assembly, which is only compiled against.
$shippedProjects = 'EltPs.Engine', 'EltPs.Warehouses'

function Get-ShippedPackage([string] $Root) {
    $found = @{}
    foreach ($project in $shippedProjects) {
        $folder = Join-Path $Root src $project
        $lock = Get-Content -Raw (Join-Path $folder packages.lock.json) | ConvertFrom-Json -AsHashtable
        $folders = (Get-Content -Raw (Join-Path $folder obj project.assets.json) | ConvertFrom-Json -AsHashtable).packageFolders.Keys
        foreach ($target in $lock.dependencies.Values) {
            foreach ($id in $target.Keys) {
                $entry = $target[$id]
                if ($entry.type -eq 'Project' -or $found.ContainsKey($id)) {
                    continue
                }
                $path = $folders | ForEach-Object { Join-Path $_ $id.ToLowerInvariant() $entry.resolved.ToLowerInvariant() } |
                    Where-Object { Test-Path $_ } | Select-Object -First 1
                if (-not $path) {
                    throw "$id $($entry.resolved) is not restored: run 'dotnet restore' first."
                }
                $spec = ([xml](Get-Content -Raw (Join-Path $path "$($id.ToLowerInvariant()).nuspec"))).package.metadata
                $found[$id] = [pscustomobject]@{
                    Id           = $id
                    Version      = $entry.resolved
                    License      = $spec.license.'#text'
                    Copyright    = "$($spec.copyright)".Trim()
                    Authors      = "$($spec.authors)"
                    Url          = "$($spec.projectUrl)"
                    Dependencies = @(if ($entry.dependencies) { $entry.dependencies.Keys })
                    Path         = $path
                }
            }
        }
    }
    $ids = [string[]] $found.Keys
    [Array]::Sort($ids, [StringComparer]::OrdinalIgnoreCase)
    $ids | ForEach-Object { $found[$_] }
}

function Write-Text([string] $Path, [string] $Text) {
    # Line feeds on every system, so that the same input makes the same bytes.
    [IO.File]::WriteAllText($Path, $Text.Replace("`r`n", "`n").TrimEnd("`n") + "`n")
}
