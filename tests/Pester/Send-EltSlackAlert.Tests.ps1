BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')

    # The port of nobody: a loopback address is the only one that http is allowed to.
    $address = 'http://127.0.0.1:9/services/T0000/B0000/s3cr3tT0ken'
    $empty = "@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n WHERE false' }"

    # A pipeline whose only table fails its check, and a webhook that is out of reach.
    function New-FailingPipeline {
        $folder = New-Folder
        Set-Content (Join-Path $folder 'webhook.txt') $address
        New-Pipeline -Folder $folder -Header "Alerts = @{ Slack = @{ Webhook = 'file:webhook.txt' } }" -Table $empty
    }
}

Describe 'Send-EltSlackAlert' {
    Context 'what it says' {
        It 'shows the payload of a text with -WhatIf, and escapes it' {
            $payload = (Invoke-Shell "Send-EltSlackAlert 'a <!channel> & more' -WhatIf") -join "`n"

            $payload | Should -Match 'a &lt;!channel&gt; &amp; more'
        }

        It 'tells table, step and error of a single step that failed' {
            $config = New-FailingPipeline
            $payload = (Invoke-Shell "try { Get-EltTable '$config' | Invoke-EltCtas | Test-EltRowCount } catch { `$_ | Send-EltSlackAlert -WhatIf }") -join "`n"

            $payload | Should -Match 'analytics\.t'
            $payload | Should -Match 'check'
            $payload | Should -Match '0 rows in analytics\.temp_t'
            $payload | Should -Match 'file:webhook\.txt'
        }

        It 'tells how to go on after a run that failed' {
            $config = New-FailingPipeline
            $payload = (Invoke-Shell "Invoke-EltPipeline '$config' -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Send-EltSlackAlert -WhatIf") -join "`n"

            $payload | Should -Match 'Invoke-EltPipeline -Config .* -Resume'
        }
    }

    Context 'a run of Get-EltRun' {
        It 'tells of <status> as the run itself would' -ForEach @(
            @{ Status = 'Failed'; Title = 'job failed' }
            @{ Status = 'Interrupted'; Title = 'job was interrupted' }
        ) {
            $config = New-FailingPipeline
            $run = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            if ($status -eq 'Interrupted') {
                # As a process leaves it that is killed while it checks its table.
                $lines = Get-Content -LiteralPath $run.JournalPath
                Set-Content -LiteralPath $run.JournalPath -Value $lines[0..($lines.Count - 2)]
            }

            $payload = (Invoke-Shell "Get-EltRun '$config' -Last 1 | Send-EltSlackAlert -WhatIf") -join "`n"

            $payload | Should -Match $title
            $payload | Should -Match 'analytics\.t'
            $payload | Should -Match '\*Step\*\\n`check`'
            $payload | Should -Match $run.RunId
            $payload | Should -Match 'Invoke-EltPipeline -Config .* -Resume'
            $payload | Should -Match 'file:webhook\.txt'
        }

        It 'tells the tables and rows of one that succeeded' {
            $config = New-Pipeline -Table "@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' }"
            $null = Invoke-EltPipeline $config

            $payload = (Invoke-Shell "Get-EltRun '$config' -Last 1 | Send-EltSlackAlert -WhatIf") -join "`n"

            $payload | Should -Match 'job succeeded'
            $payload | Should -Match 'analytics\.t: 1 row'
            $payload | Should -Not -Match '-Resume'
        }
    }

    Context 'a run that died' {
        BeforeAll {
            $config = New-FailingPipeline
            $dead = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $lines = Get-Content -LiteralPath $dead.JournalPath
            Set-Content -LiteralPath $dead.JournalPath -Value $lines[0..($lines.Count - 2)]
            $outbox = Join-Path (Split-Path $config) '.eltps' 'outbox'
            Remove-Item (Join-Path $outbox '*.json')
        }

        It 'is told of by the next run, once' {
            1..2 | ForEach-Object { $null = Invoke-EltPipeline $config -ErrorAction SilentlyContinue -WarningAction SilentlyContinue }

            $texts = Get-ChildItem $outbox -Filter *.json | ForEach-Object { (Get-Content -LiteralPath $_.FullName -Raw | ConvertFrom-Json).payload.text }
            @($texts -match 'job was interrupted: analytics\.t, check') | Should -HaveCount 1
        }
    }

    Context 'secrets' {
        It 'are in no stream and no property' {
            $config = New-FailingPipeline
            $shown = & {
                Invoke-EltPipeline $config -Verbose
                Get-EltRun $config | Send-EltSlackAlert -Verbose -PassThru
                Send-EltSlackAlert 'words' -Webhook $address -Config $config -Verbose -PassThru
                Get-EltRun $config
            } *>&1 | Format-List * -Force | Out-String -Width 500

            $shown | Should -Match 'webhook\.txt'
            $shown | Should -Not -Match 's3cr3t'
            Get-ChildItem (Join-Path (Split-Path $config) '.eltps') -Recurse -File -Force |
                Where-Object { (Get-Content -LiteralPath $_.FullName -Raw) -match 's3cr3t' } | Should -BeNullOrEmpty
        }
    }

    Context 'a webhook that is out of reach' {
        BeforeAll {
            $config = New-FailingPipeline
            $outbox = Join-Path (Split-Path $config) '.eltps' 'outbox'
            $result = Invoke-EltPipeline $config -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        }

        It 'changes nothing in the run' {
            $result.Status | Should -Be 'Failed'
            $failed[0].FullyQualifiedErrorId | Should -BeExactly 'EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand'
        }

        It 'is a warning that does not show it' {
            "$warned" | Should -Match '127\.0\.0\.1/…0ken'
            "$warned" | Should -Not -Match 's3cr3t'
        }

        It 'has the message wait, without the address' {
            $waiting = @(Get-ChildItem $outbox -Filter *.json)

            $waiting.Count | Should -Be 1
            Get-Content $waiting[0].FullName -Raw | Should -Match 'file:webhook\.txt'
            Get-Content $waiting[0].FullName -Raw | Should -Not -Match 's3cr3t'
        }

        It 'is tried again with -Pending, which writes what became of each message' {
            $delivery = Send-EltSlackAlert -Pending -Config $config -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed

            $delivery.Status | Should -Be 'Waiting'
            $delivery.RunId | Should -BeExactly $result.RunId
            $failed[0].FullyQualifiedErrorId | Should -BeExactly 'EltAlertNotDelivered,EltPs.Commands.SendEltSlackAlertCommand'
        }
    }

    Context 'what cannot be sent' {
        It 'refuses <what>' -ForEach @(
            @{ What = 'a text without a webhook'; Id = 'EltWebhookMissing'; Call = { Send-EltSlackAlert 'x' -ErrorAction Stop } }
            @{ What = 'a webhook that is not https'; Id = 'EltInvalidWebhook'; Call = { Send-EltSlackAlert 'x' -Webhook 'http://hooks.slack.com/x' -ErrorAction Stop } }
            @{ What = 'a number'; Id = 'EltInvalidInput'; Call = { 5 | Send-EltSlackAlert -ErrorAction Stop } }
        ) {
            $call | Should -Throw -ErrorId "$id,EltPs.Commands.SendEltSlackAlertCommand"
        }
    }
}
