using System.Globalization;
using System.Net;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Puts into words what Snowflake answered, or that it did not, and what to do next.</summary>
/// <param name="options">The connection.</param>
/// <param name="request">The statements.</param>
/// <param name="scope">On whose behalf.</param>
/// <param name="requestId">The request's id.</param>
internal sealed class SqlApiErrors(SnowflakeOptions options, SnowflakeRequest request, WorkScope scope, Guid requestId)
{
    // Less than that is the network's delay and the clocks' usual difference.
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    /// <summary>Snowflake refused a statement (422), or gave only a part of the rows.</summary>
    public EltException Failed(StatementAnswer answer)
    {
        var isTooLarge = answer.Code == SnowflakeCodes.ResultTooLarge;
        var text = isTooLarge
            ? "The result is too large for Snowflake's SQL API, which gave only a part of it."
            : answer.Message ?? "Snowflake gave no reason.";
        return new EltException(EltErrorKind.StatementFailed, SnowflakeText.WithQuery(text, answer.Handle))
        {
            Advice = isTooLarge ? [Advice.Say("Select fewer rows or columns.")] : [],
            Statement = request.Text,
            QueryId = answer.Handle,
            VendorCode = answer.Code,
            SqlState = answer.SqlState,

            // A lock that others hold too is free later.
            IsTransient = answer.Code == SnowflakeCodes.LockWaiters,
        };
    }

    /// <summary>Snowflake stopped the statement at a time limit of its own (408).</summary>
    public EltException StoppedBySnowflake(StatementAnswer answer) => TimedOut(
        answer,
        $"Snowflake stopped the statement at its time limit ({answer.Message}).",
        Advice.Say(
            "Give it longer with Timeout in the pipeline file; a lower STATEMENT_TIMEOUT_IN_SECONDS of the user or the warehouse wins over "
                + "it."));

    /// <summary>Stopped because the time of the work is over.</summary>
    /// <param name="answer">Snowflake's answer to it; null where none matters.</param>
    public EltException DeadlineOver(StatementAnswer? answer)
    {
        var exceeded = scope.Deadline.Exceeded("it");
        return TimedOut(answer, exceeded.What, exceeded.Advice[0]);
    }

    /// <summary>An HTTP status that neither runs nor refuses a statement.</summary>
    public EltException Refused(Attempt attempt, ITokenSource tokens, DateTimeOffset now) => attempt.Status switch
    {
        HttpStatusCode.Unauthorized => SignIn(attempt, (tokens.IsSignedHere ? SkewAdvice(attempt, now) : null) ?? tokens.Advice),
        HttpStatusCode.Forbidden => SignIn(
            attempt,
                "A network policy may keep this machine's address out, or the user may be locked: see SHOW PARAMETERS LIKE "
                    + "'NETWORK_POLICY' IN USER … and the login history."),
        HttpStatusCode.NotFound => Unusable(
                attempt,
                $"No Snowflake account answers at {options.Endpoint.Host}.",
                "Check Account and Host: the account is written org-account, or locator.region."),
        HttpStatusCode.ProxyAuthenticationRequired => Unusable(
            attempt, "The proxy wants a sign-in of its own.", "Give it in HTTPS_PROXY, or let the proxy pass Snowflake's hosts."),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Unusable(
                attempt,
                $"{options.Endpoint.Host} points to {attempt.Location?.Host ?? "another host"}, and a token is sent nowhere but to the "
                    + "connection's own host.",
                "Check Account and Host."),
        _ => Unusable(attempt, $"Snowflake at {options.Endpoint.Host} did not take the request.", "Check the connection's values."),
    };

    /// <summary>Snowflake could not be reached, and nothing can have taken effect.</summary>
    /// <param name="attempt">The last attempt.</param>
    /// <param name="budget">For how long it was tried.</param>
    public EltException Unreachable(Attempt attempt, TimeSpan budget) =>
        new(
            EltErrorKind.ConnectionFailed,
            NoAnswer(attempt, budget),
            attempt.Error)
        {
            Consequences = ["Nothing has taken effect."],
            Advice = [Advice.Say("Check the network, the proxy and status.snowflake.com, then run again.")],
            Statement = request.Text,
            IsTransient = true,
        };

    /// <summary>That there was no answer, in words.</summary>
    /// <param name="attempt">The last attempt.</param>
    /// <param name="budget">For how long it was tried.</param>
    public string NoAnswer(Attempt attempt, TimeSpan budget) =>
        $"{options.Title}: Snowflake at {options.Endpoint.Host} gave no usable answer for {Show(budget)} ({attempt.Summary}).";

    /// <summary>The statement may or may not have taken effect.</summary>
    /// <param name="queryId">Its query id, if it is known.</param>
    /// <param name="reason">Why that is not known.</param>
    /// <param name="inner">What broke.</param>
    public EltException Unknown(string? queryId, string reason, Exception? inner) =>
        Unknown(queryId, new EltException(EltErrorKind.Unknown, reason, inner));

    /// <summary>The same, of an error that says nothing about it.</summary>
    /// <param name="queryId">Its query id, if it is known.</param>
    /// <param name="failure">The error.</param>
    public EltException Unknown(string? queryId, EltException failure) => failure.With(
        kind: EltErrorKind.Unknown,
        consequence: "The statement may or may not have taken effect.",
        advice: Advice.Say(WhatToLookUp(queryId)),
        statement: request.Text,
        queryId: queryId ?? requestId.ToString(),
        isTransient: false);

    /// <summary>Where to see what became of the statement.</summary>
    /// <param name="queryId">Its query id, if it is known.</param>
    public string WhatToLookUp(string? queryId)
    {
        var id = queryId is null ? $"its request id is {requestId}" : $"its query id is {queryId}";
        return $"Look it up in Snowflake's query history ({id}): {QueryHistory.ForPeople(scope.RunId ?? requestId.ToString())} "
            + $"and see the comment of {(scope.Table is { } table ? table.ToString() : "the table")}, which names its generation.";
    }

    private EltException TimedOut(StatementAnswer? answer, string what, Advice advice) => new(EltErrorKind.Timeout, what)
    {
        Advice = [advice],
        Statement = request.Text,
        QueryId = answer?.Handle,
        VendorCode = answer?.Code,
        SqlState = answer?.SqlState,
        IsTransient = true,
    };

    private EltException SignIn(Attempt attempt, string advice) => new(
        EltErrorKind.SignInFailed, $"{options.Title}: Snowflake did not accept the sign-in ({attempt.Summary}).")
    {
        Advice = [Advice.Say(advice)],
        VendorCode = attempt.Answer?.Code,
        SqlState = attempt.Answer?.SqlState,
    };

    private EltException Unusable(Attempt attempt, string what, string advice) =>
        new(EltErrorKind.ConnectionFailed, $"{options.Title}: {what} ({attempt.Summary})")
        {
            Advice = [Advice.Say(advice)],
            Statement = request.Text,
            VendorCode = attempt.Answer?.Code,
            SqlState = attempt.Answer?.SqlState,
        };

    // A signed token carries this machine's time: with a clock that is off, a good key looks like a bad one.
    private static string? SkewAdvice(Attempt attempt, DateTimeOffset now)
    {
        if (attempt.ServerTime is not { } server || (now - server).Duration() <= MostSkew)
        {
            return null;
        }

        var direction = now > server ? "ahead of" : "behind";
        return $"This machine's clock is {Show((now - server).Duration())} {direction} Snowflake's, so that a token of it is not valid "
            + "there. "
            + "Set the clock (NTP), then run again.";
    }

    private static string Show(TimeSpan time) =>
        time.ToString(time.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
