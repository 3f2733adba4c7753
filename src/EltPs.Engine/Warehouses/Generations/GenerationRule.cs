using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>What may be published and what may be undone, judged by the markers alone.</summary>
internal static class GenerationRule
{
    private const string NothingChanged = "Nothing was changed.";

    /// <summary>What the marker of a table staged now must say about the table published now.</summary>
    public static string Replaces(CatalogEntry? target) => target switch
    {
        null => GenerationMarker.First,
        { Marker: null } => GenerationMarker.Unmarked,
        { Marker: { } marker } => marker.Generation,
    };

    /// <summary>
    /// Throws unless the staging table still is the generation that was checked, and what it replaces still is what is published.
    /// </summary>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.AlreadyPublished"/>, <see cref="EltErrorKind.StagingChanged"/> or
    /// <see cref="EltErrorKind.PublishedChanged"/>.
    /// </exception>
    public static void EnsurePublishable(PublishRequest request, CatalogEntry? staging, CatalogEntry? target)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (target?.Marker?.Generation == request.Generation)
        {
            throw new EltException(EltErrorKind.AlreadyPublished, $"generation {request.Generation} is published already.")
            {
                Table = request.Target,
                Consequences = [NothingChanged],
                Advice = [Advice.Say("Stage the table again to publish a newer one.")],
            };
        }

        EnsureStaging(request.Target, request.Generation, staging);

        var published = Replaces(target);
        if (published != request.Replaces)
        {
            throw new EltException(
                EltErrorKind.PublishedChanged,
                $"generation {request.Generation} was built to replace {Describe(request.Replaces)}, but now {Describe(published)} is "
                    + "published: another run came in between.")
            {
                Table = request.Target,
                Consequences = [$"{request.Target} was left as it is."],
                Advice = [Advice.Say("Stage the table again.")],
            };
        }
    }

    /// <summary>Throws unless the staging table still is the generation that the caller knows.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.StagingChanged"/>.</exception>
    public static void EnsureStaging(TableName target, string generation, CatalogEntry? staging)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (staging?.Marker?.Generation != generation)
        {
            throw new EltException(
                EltErrorKind.StagingChanged,
                $"{target.Staging} no longer is the generation {generation} that was staged; it is {Describe(staging)} now.")
            {
                Table = target,
                Consequences = [$"{target} was left as it is."],
                Advice = [Advice.Say("Stage and check the table again.")],
            };
        }
    }

    /// <summary>
    /// Decides whether the staging name still holds what the published table replaced, and what an undo makes of the markers.
    /// </summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.UndoRefused"/>, with the reason.</exception>
    public static UndoPlan PlanUndo(UndoRequest request, CatalogEntry? staging, CatalogEntry? target)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (target is null)
        {
            throw Refused(request, "no such table is published");
        }

        if (target.Marker is not { } published)
        {
            throw Refused(request, $"{request.Target} has no marker: EltPs did not publish it");
        }

        if (request.PublishedGeneration is { } expected && expected != published.Generation)
        {
            throw Refused(request, $"generation {expected} is no longer the one that is published; {Describe(target)} is");
        }

        if (published.Replaces == GenerationMarker.First)
        {
            throw Refused(request, "the published generation is the first one");
        }

        if (staging is null)
        {
            throw Refused(request, $"the previous generation was not kept: there is no {request.Target.Staging}");
        }

        if (staging.Kind != ObjectKind.Table || Replaces(staging) != published.Replaces)
        {
            throw Refused(
                request,
                $"{request.Target.Staging} holds {Describe(staging)}, not {Describe(published.Replaces)} that the published one replaced "
                + "(a later build, such as one whose check failed, has taken its place)");
        }

        // The restored table says from now on that it replaced the one it pushes aside: so the same rule lets an undo be undone,
        // and still refuses whatever is staged later.
        var restored = staging.Marker is { } previous
            ? previous with { Replaces = published.Generation }
            : new GenerationMarker(published.Table, Guid.CreateVersion7().ToString(), published.Generation, published.RunId);
        return new UndoPlan(restored.Generation, published.Generation, restored.ToComment(GenerationMarker.UserComment(staging.Comment)));
    }

    /// <summary>
    /// Whether what a publish replaced is published, so that there is nothing to take back; throws if there is and it cannot be.
    /// </summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.UndoRefused"/>, with the reason.</exception>
    public static bool IsTakenBack(PublishRequest request, CatalogEntry? staging, CatalogEntry? target)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Replaces(target) == request.Replaces)
        {
            return true;
        }

        if (target?.Marker?.Generation != request.Generation)
        {
            throw NotBack(
                request,
                $"{Describe(target)} is published now, not generation {request.Generation}: another run came in between.");
        }

        return Replaces(staging) == request.Replaces
            ? false
            : throw NotBack(
                request,
                $"{request.Target.Staging} holds {Describe(staging)} now, not {Describe(request.Replaces)} that was replaced: another run "
                    + "came in between.");
    }

    private static EltException NotBack(PublishRequest request, string reason) =>
        new(EltErrorKind.UndoRefused, $"cannot be put back: {reason}") { Table = request.Target };

    private static EltException Refused(UndoRequest request, string reason) =>
        new(EltErrorKind.UndoRefused, $"cannot undo: {reason}.") { Table = request.Target, Consequences = [NothingChanged] };

    private static string Describe(CatalogEntry? entry) => entry switch
    {
        null => "nothing",
        { Kind: ObjectKind.View } => "a view",
        { Marker: null } => "a table without a marker",
        { Marker: { } marker } => $"generation {marker.Generation}",
    };

    private static string Describe(string replaces) => replaces switch
    {
        GenerationMarker.First => "nothing",
        GenerationMarker.Unmarked => "a table without a marker",
        _ => $"generation {replaces}",
    };
}
