<#
.SYNOPSIS
    Writes the sample's raw data: a year of sessions of a made-up web shop.
.DESCRIPTION
    The same bytes every time and everywhere: the random numbers come from a fixed seed and from whole-number arithmetic only, and
    the files are UTF-8 with LF. Uses the language and .NET alone, no module.
.PARAMETER OutputFolder
    Where to write session_timestamp.csv and user_session_channel.csv; the sample's data folder without it.
#>
param([string] $OutputFolder = [IO.Path]::Combine($PSScriptRoot, 'data'))

$ErrorActionPreference = 'Stop'

# Park and Miller's "minimal standard" generator. System.Random may change between versions of .NET; this cannot.
class MinimalStandard {
    [long] $State

    MinimalStandard([long] $seed) { $this.State = $seed }

    # A whole number from 0 up to, but not including, the bound.
    [long] Below([long] $bound) {
        $this.State = $this.State * 48271 % 2147483647
        return $this.State % $bound
    }

    # A position in a list of weights that add up to 100.
    [int] Pick([int[]] $weights) {
        $left = $this.Below(100)
        $position = 0
        while ($left -ge $weights[$position]) {
            $left -= $weights[$position]
            $position++
        }

        return $position
    }
}

$random = [MinimalStandard]::new(20250110)

# Sessions on an average day of each month: quiet after the holidays and in midsummer, busy before the year ends.
$sessionsADay = 74, 70, 78, 82, 88, 84, 72, 76, 90, 96, 118, 124
# Per cent of an average day, from Sunday to Saturday.
$weekdays = 92, 108, 106, 104, 102, 98, 90
# Per cent of a day's sessions in each hour.
$hours = 2, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 5, 5, 5, 5, 5, 6, 7, 8, 8, 6, 3
$channels = 'Google', 'Naver', 'Organic', 'Facebook', 'Instagram', 'Youtube'
$channelWeights = 26, 20, 22, 12, 11, 9

$newYear = [datetime]::new(2025, 1, 1)
$sessions = [Collections.Generic.List[string]]::new()

# A session as one sortable line: when, who, from where.
function Add-Session([datetime] $time) {
    # New users arrive all year. The product of two even draws favours low numbers: those who came early come most often.
    $users = 1100 + 7 * $time.DayOfYear
    $draw = $random.Below(10000) * $random.Below(10000) * $users
    $user = 1 + ($draw - $draw % 100000000) / 100000000
    $channel = $channels[$random.Pick($channelWeights)]
    $sessions.Add("$($time.ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)),$user,$channel")
}

for ($day = $newYear; $day.Year -eq 2025; $day = $day.AddDays(1)) {
    # Up to 15 % more or less than the month and the weekday say; both factors are per cent.
    $scaled = $sessionsADay[$day.Month - 1] * $weekdays[[int] $day.DayOfWeek] * (85 + $random.Below(31))
    $count = ($scaled - $scaled % 10000) / 10000
    for ($i = 0; $i -lt $count; $i++) {
        Add-Session $day.AddHours($random.Pick($hours)).AddSeconds($random.Below(3600))
    }
}

# The last and the first minutes of every month, its very first and very last second included: where a wrong time zone shows.
for ($month = $newYear; $month.Year -eq 2025; $month = $month.AddMonths(1)) {
    $end = $month.AddMonths(1)
    Add-Session $month
    Add-Session $end.AddSeconds(-1)
    for ($i = 0; $i -lt 12; $i++) {
        Add-Session $month.AddSeconds($random.Below(600))
        Add-Session $end.AddSeconds(-1 - $random.Below(600))
    }
}

$sessions.Sort([StringComparer]::Ordinal)

$timestamps = [Text.StringBuilder]::new("sessionid,ts`n")
$visits = [Text.StringBuilder]::new("userid,sessionid,channel`n")
for ($i = 0; $i -lt $sessions.Count; $i++) {
    $time, $user, $channel = $sessions[$i].Split(',')
    $hash = [Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes("session $i"))
    $id = [Convert]::ToHexStringLower($hash, 0, 8)
    $null = $timestamps.Append("$id,$time`n")
    $null = $visits.Append("$user,$id,$channel`n")
}

# PowerShell's own location, which is not the process's current folder.
$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputFolder)
$null = [IO.Directory]::CreateDirectory($folder)
[IO.File]::WriteAllText([IO.Path]::Combine($folder, 'session_timestamp.csv'), "$timestamps")
[IO.File]::WriteAllText([IO.Path]::Combine($folder, 'user_session_channel.csv'), "$visits")

"$($sessions.Count) sessions written to $folder"
