<#
.SYNOPSIS
    Writes EltPs.cat, a signed catalog of all files of a packaged module. For Windows.

.DESCRIPTION
    A policy such as AllSigned, or WDAC, trusts the files of a module that a signed catalog lists. New-FileCatalog and
    Set-AuthenticodeSignature exist on Windows only. This script was written from their documentation and has not been run: try it before a
    release relies on it.

.PARAMETER Module
    The module's folder, EltPs/<version>. The catalog is written into it, so make it last, after the bill of materials.

.PARAMETER Thumbprint
    A code-signing certificate in the user's store.

.PARAMETER TimestampServer
    The server that proves when the signature was made: without it the signature ends with the certificate.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Thumbprint,
    [string] $TimestampServer = 'http://timestamp.digicert.com'
)

$ErrorActionPreference = 'Stop'
if (-not $IsWindows) {
    throw 'A catalog can be made and signed on Windows only.'
}

$certificate = Get-Item "Cert:\CurrentUser\My\$Thumbprint"
$catalog = Join-Path $Module EltPs.cat
Remove-Item $catalog -ErrorAction Ignore
# Version 2 has SHA-256 hashes.
New-FileCatalog -Path $Module -CatalogFilePath $catalog -CatalogVersion 2.0 | Out-Null
$signature = Set-AuthenticodeSignature -FilePath $catalog -Certificate $certificate -HashAlgorithm SHA256 -TimestampServer $TimestampServer
if ($signature.Status -ne 'Valid') {
    throw "The signature of $catalog is $($signature.Status): $($signature.StatusMessage)"
}
Test-FileCatalog -Path $Module -CatalogFilePath $catalog -FilesToSkip EltPs.cat -Detailed
