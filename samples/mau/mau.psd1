@{
    Name        = 'RunELT_Alert'
    Description = 'Build ELT tables with CTAS: monthly active users from raw sessions'
    Schedule    = '@daily'
    StartDate   = '2025-01-10'
    Catchup     = $false
    Tags        = @('ELT')

    # Failures and recoveries reach Slack with this line and the variable that it names (docs/alerts.md):
    # Alerts    = @{ Slack = @{ Webhook = 'env:SLACK_WEBHOOK_URL' } }

    # No Connection here, so the file runs on embedded DuckDB: the tables are in mau.duckdb beside it.
    # `Invoke-EltPipeline -Config mau.psd1 -Connection <name>` takes the same file, unchanged, to another warehouse:
    # the SQL below is Snowflake's, and a warehouse has the raw tables itself instead of reading them from files.
    Sources     = @{
        'raw_data.session_timestamp'    = 'data/session_timestamp.csv'
        'raw_data.user_session_channel' = 'data/user_session_channel.csv'
    }

    Tables      = @(
        @{
            Schema      = 'analytics'
            Table       = 'mau_summary'
            Sql         = @'
SELECT
    TO_VARCHAR(A.ts, 'YYYY-MM') AS month,
    COUNT(DISTINCT B.userid) AS mau
FROM raw_data.session_timestamp A
JOIN raw_data.user_session_channel B ON A.sessionid = B.sessionid
GROUP BY 1;
'@
            MinimumRows = 1
        }
    )
}
