using EltPs.Engine.Errors;
using EltPs.Tests.Snowflake.StandIn;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>Something that goes wrong with one request of a run, and what must become of it.</summary>
/// <param name="Name">What the theory's row says.</param>
/// <param name="Inject">Makes it happen to the request about the statement.</param>
/// <param name="Query">How a run ends whose query it hits; null for a success.</param>
/// <param name="Change">The same for a statement that changes something.</param>
internal sealed record RequestFault(
    string Name,
    Action<PipelineScene, RunStatement> Inject,
    EltErrorKind? Query = null,
    EltErrorKind? Change = null)
{
    /// <summary>What Snowflake asks to wait.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(42);

    private const string Timeout = "Statement reached its statement or warehouse timeout of 60 second(s) and was canceled.";

    /// <summary>Whether the statement takes effect though the run does not learn it.</summary>
    public bool HasRun { get; private init; }

    /// <summary>Whether Snowflake asked for a wait.</summary>
    public bool AsksToWait { get; private init; }

    /// <summary>Whether an attempt before the last may have run, so that the repetition must say that it is one.</summary>
    public bool IsRepeated { get; private init; }

    /// <summary>Whether no other request gets an answer either from then on.</summary>
    public bool IsForEverything { get; private init; }

    /// <summary>Whether Snowflake has told the handle before it went wrong.</summary>
    public bool HasHandle { get; private init; }

    /// <summary>All that the matrix has.</summary>
    public static IReadOnlyList<RequestFault> All { get; } =
    [
        Lost("503 once", new Fault.Status(503)),
        Lost("503 once, after it ran", new Fault.Status(503) { HasRun = true }),
        Lost("500", new Fault.Status(500)),
        Lost("500 after it ran", new Fault.Status(500) { HasRun = true }),
        Lost("502", new Fault.Status(502)),
        Lost("502 after it ran", new Fault.Status(502) { HasRun = true }),
        Lost("reset before", new Fault.ResetBefore()),
        Lost("reset after it ran", new Fault.ResetAfter()),
        Lost("truncated answer", new Fault.TruncatedAnswer()),
        Lost("truncated answer with its own length", new Fault.TruncatedAnswer(IsFramed: true)),
        Lost("reset, then connections refused for a while", new Fault.Refused(TimeSpan.FromMinutes(1))),
        new("connections refused for a while", RefuseBefore(TimeSpan.FromMinutes(1))),
        new(
            "connections refused forever",
            RefuseBefore(TimeSpan.FromHours(5)),
            EltErrorKind.ConnectionFailed,
            EltErrorKind.ConnectionFailed),
        new("429 with Retry-After", On(new Fault.Status(429) { RetryAfter = RetryAfter })) { AsksToWait = true },
        new("503 with Retry-After", On(new Fault.Status(503) { RetryAfter = RetryAfter })) { AsksToWait = true, IsRepeated = true },
        new("202 for half an hour", On(new Fault.Slow(TimeSpan.FromMinutes(30)))),
        new("202, 429 on the poll", OnPoll(new Fault.Status(429) { RetryAfter = RetryAfter })) { AsksToWait = true },
        new("202, reset on the poll", OnPoll(new Fault.ResetAfter())),
        new("202, truncated poll", OnPoll(new Fault.TruncatedAnswer(IsFramed: true))),
        new("202, token expired while polling", (scene, statement) =>
            scene.Server.Faults.ExpireTokenWhilePolling(statement.Sent(), TimeSpan.FromMinutes(30))),
        new(
            "202, sign-in refused from then on",
            OnPoll(new Fault.Status(401) { VendorCode = "390144" }, FaultRules.Forever),
            EltErrorKind.SignInFailed,
            EltErrorKind.Unknown)
        {
            HasHandle = true,
        },
        new("202, then 503 forever", OnPoll(new Fault.Status(503), FaultRules.Forever), EltErrorKind.ConnectionFailed, EltErrorKind.Unknown)
        {
            HasHandle = true,
        },
        new(
            "408",
            On(
                new Fault.Status(408)
                {
                    VendorCode = "000630",
                    SqlState = "57014",
                    Message = Timeout,
                }),
            EltErrorKind.Timeout,
            EltErrorKind.Timeout),
        new(
            "422",
            On(new Fault.Status(422) { VendorCode = "001003", SqlState = "42000" }),
            EltErrorKind.StatementFailed,
            EltErrorKind.StatementFailed),
        new("503 forever", On(new Fault.Status(503), FaultRules.Forever), EltErrorKind.ConnectionFailed, EltErrorKind.Unknown),
        new("reset after it ran, then 503 forever", RunThen503(false), EltErrorKind.ConnectionFailed, EltErrorKind.Unknown)
        {
            HasRun = true,
        },
        new("reset after it ran, then 503 forever for everything", RunThen503(true), EltErrorKind.ConnectionFailed, EltErrorKind.Unknown)
        {
            HasRun = true,
            IsForEverything = true,
        },
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>How a run ends that it hits there; null for a success.</summary>
    public EltErrorKind? End(RunStatement statement) => statement switch
    {
        // Policies serve a warning only, so a refusal of that look-up stops nothing.
        RunStatement.Policies when Query == EltErrorKind.StatementFailed => null,

        // The published marker tells what no answer did.
        RunStatement.Publish when HasRun && !IsForEverything => null,
        _ => statement.Changes() ? Change : Query,
    };

    private static RequestFault Lost(string name, Fault fault) => new(name, On(fault)) { IsRepeated = true };

    private static Action<PipelineScene, RunStatement> On(Fault fault, int times = 1) =>
        (scene, statement) => scene.Server.Faults.On(statement.Sent(), fault, times: times);

    private static Action<PipelineScene, RunStatement> OnPoll(Fault fault, int times = 1) => (scene, statement) =>
    {
        scene.Server.Faults.On(statement.Sent(), new Fault.Slow(TimeSpan.FromMinutes(30)));
        scene.Server.Faults.On(statement.Sent(), fault, FaultPhase.Poll, occurrence: 2, times);
    };

    // With the answer of the statement before, so that the request itself never arrives.
    private static Action<PipelineScene, RunStatement> RefuseBefore(TimeSpan duration) => (scene, statement) =>
    {
        if (statement == RunStatement.LookUp)
        {
            scene.Server.Refuse(duration);
            return;
        }

        var isFirst = scene.Catalogue.Find(PipelineScene.Table) is null;
        var before = isFirst && statement == RunStatement.Sources ? RunStatement.LookUp : statement - 1;
        scene.Server.Faults.On(before.Sent(), new Fault.ThenRefused(duration));
    };

    private static Action<PipelineScene, RunStatement> RunThen503(bool isForEverything) => (scene, statement) =>
    {
        scene.Server.Faults.On(statement.Sent(), new Fault.ResetAfter());
        scene.Server.Faults.On(statement.Sent(), new Fault.Status(503), occurrence: 2, times: FaultRules.Forever);
        scene.Server.Received = request =>
        {
            if (isForEverything && statement.Sent()(request.Statement!))
            {
                scene.Server.Received = null;
                scene.Server.Faults.On(sent => !statement.Sent()(sent), new Fault.Status(503), times: FaultRules.Forever);
            }
        };
    };
}
