using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>
/// Tells a failure that another run has caused, which works on the same tables at the same time, from one of the statement itself.
/// </summary>
/// <remarks>
/// What the other run makes or drops between two statements of ours lets the second fail with Snowflake's words about an object, and those
/// send a reader to look for a missing privilege.
/// </remarks>
/// <param name="catalog">Reads what stands at the names.</param>
internal sealed class OtherRun(CatalogReader catalog)
{
    // "Object does not exist or not authorized", and "Object already exists".
    private static readonly string[] Codes = ["002003", "002002"];

    /// <summary>Whether a failure may be another run's doing.</summary>
    public static bool MayHaveCaused(EltException failure) =>
        failure is { Kind: EltErrorKind.StatementFailed, VendorCode: { } code } && Codes.Contains(code);

    /// <summary>Throws if staging failed because another run builds the same staging table.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.StagingChanged"/>.</exception>
    public async Task EnsureNotStagedAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        // A first build is one statement: nobody can come in between.
        if (request is not { TargetEntry: not null, Method: PublishMethod.Swap })
        {
            return;
        }

        var (staging, _) = await catalog.ReadPairAsync(request.Target, scope, cancellationToken);
        var now = staging switch
        {
            // The build itself leaves an empty table there, whatever is wrong with its SQL.
            null => "what stood there is gone",
            { Marker: { } other } when other.RunId != GenerationMarker.Parse(request.Comment)?.RunId =>
                $"what stands there now is of run {other.RunId}",
            _ => null,
        };
        if (now is not null)
        {
            throw new EltException(
                EltErrorKind.StagingChanged,
                $"another run came in between while {request.Target.Staging} was being built: {now}.")
            {
                Table = request.Target,
                Consequences = [$"{request.Target} was left to that run."],
                Advice = [Advice.Say("Run again when it has ended.")],
            };
        }
    }

    /// <summary>Throws if what stands at the names is not what was to be published and replaced.</summary>
    /// <exception cref="EltException">AlreadyPublished, StagingChanged or PublishedChanged.</exception>
    public async Task EnsureUnchangedAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        var (staging, target) = await catalog.ReadPairAsync(request.Target, scope, cancellationToken);
        GenerationRule.EnsurePublishable(request, staging, target);
    }
}
