using System.Security.Authentication;

using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Translates what the driver throws. No secret is in what comes out, not even in an inner exception.</summary>
internal static class DriverErrors
{
    /// <summary>An error of signing in.</summary>
    public static EltException TranslateOpen(Exception exception, SnowflakeOptions options, string signIn, SecretMask secrets)
    {
        var fault = DriverFault.Find(exception);
        var message = secrets.Clean(fault.Message);
        var who = options.User is { } user ? $" as {user}" : string.Empty;
        if (DriverCodes.IsDriverSetting(fault))
        {
            return Make(
                EltErrorKind.InvalidConnection,
                $"{options.Title} cannot be used by the driver: {message}",
                exception,
                fault,
                secrets);
        }

        if (!DriverCodes.IsOfSession(fault) && (fault.IsAnswer || DriverCodes.IsDriverSignIn(fault)))
        {
            return Make(
                EltErrorKind.SignInFailed,
                $"{options.Title} could not sign in to {options.Endpoint.Host}{who} ({signIn}): {message}",
                exception,
                fault,
                secrets);
        }

        return Make(
            EltErrorKind.ConnectionFailed,
            $"{options.Title} could not reach Snowflake at {options.Endpoint.Authority}: {message}",
            exception,
            fault,
            secrets,
            isTransient: exception.GetBaseException() is not AuthenticationException);
    }

    /// <summary>An error of a request.</summary>
    /// <param name="exception">What the driver threw.</param>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">Where it went.</param>
    /// <param name="queryId">The query's id, if the driver knows it without the exception.</param>
    /// <param name="requestId">The id in the request's query tag.</param>
    /// <param name="secrets">What must not be shown.</param>
    public static EltException Translate(
        Exception exception, SnowflakeRequest request, Uri endpoint, string? queryId, Guid requestId, SecretMask secrets)
    {
        var fault = DriverFault.Find(exception);
        fault = fault with { QueryId = fault.QueryId ?? queryId };
        var message = secrets.Clean(fault.Message);
        return fault.VendorCode switch
        {
            SnowflakeCodes.Cancelled => Make(
                EltErrorKind.StatementFailed,
                $"The statement was cancelled in Snowflake, not by this run: {message}",
                exception,
                fault,
                secrets,
                request,
                isTransient: true),
            SnowflakeCodes.StatementTimeout => Make(
                EltErrorKind.Timeout,
                $"Snowflake stopped the statement at its time limit (STATEMENT_TIMEOUT_IN_SECONDS of the session, the warehouse or the "
                    + $"user): {message}",
                exception,
                fault,
                secrets,
                request,
                isTransient: true),
            SnowflakeCodes.SessionGone => Make(
                EltErrorKind.ConnectionFailed,
                $"The session has ended in Snowflake: {message}",
                exception,
                fault,
                secrets,
                request,
                isTransient: true),
            SnowflakeCodes.TooManyRequests => Make(
                EltErrorKind.ConnectionFailed,
                $"Snowflake takes no more requests for now: {message}",
                exception,
                fault,
                secrets,
                request,
                isTransient: true),
            _ when DriverCodes.IsSignIn(fault) => Make(
                EltErrorKind.SignInFailed,
                $"Snowflake does not accept the session any more: {message}",
                exception,
                fault,
                secrets,
                request),
            _ when fault.IsAnswer => Make(
                EltErrorKind.StatementFailed,
                SnowflakeText.WithQuery(message, fault.QueryId),
                exception,
                fault,
                secrets,
                request,
                isTransient: fault.VendorCode == SnowflakeCodes.LockWaiters),
            _ when request.Changes => Unknown(message, exception, fault, requestId, secrets, request),
            _ => Make(
                EltErrorKind.ConnectionFailed,
                $"Snowflake at {endpoint.Authority} gave no answer: {message}",
                exception,
                fault,
                secrets,
                request,
                isTransient: true),
        };
    }

    /// <summary>The error of a statement that was cancelled but never answered for: it may have taken effect.</summary>
    public static EltException NoAnswerToCancel(SnowflakeRequest request, string? queryId, Guid requestId) => new(
        EltErrorKind.Unknown, "The statement was cancelled, but Snowflake did not confirm it.")
    {
        Advice = [LookUp(queryId, requestId)],
        Statement = request.Text,
        QueryId = queryId,
        IsTransient = true,
    };

    private static EltException Unknown(
        string message, Exception exception, DriverFault fault, Guid requestId, SecretMask secrets, SnowflakeRequest request) => Make(
        EltErrorKind.Unknown,
        $"Snowflake gave no answer: {message}",
        exception,
        fault,
        secrets,
        request,
        isTransient: true)
        .With(consequence: "The statement may or may not have taken effect.", advice: LookUp(fault.QueryId, requestId));

    private static Advice LookUp(string? queryId, Guid requestId) => Advice.Say(queryId is null
        ? $"Look it up in Snowflake's query history, where its query tag has the request {requestId}, before you run again."
        : $"Look up query {queryId} in Snowflake's query history before you run again.");

    private static EltException Make(
        EltErrorKind kind,
        string message,
        Exception exception,
        DriverFault fault,
        SecretMask secrets,
        SnowflakeRequest? request = null,
        bool isTransient = false) =>
        // With its inner exceptions the driver's exception may hold what its message does not.
        new(kind, message, secrets.IsClean(exception.ToString()) ? exception : null)
        {
            Statement = request?.Text,
            QueryId = fault.QueryId,
            VendorCode = fault.VendorCode,
            SqlState = fault.SqlState,
            IsTransient = isTransient,
        };
}
