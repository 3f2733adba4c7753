namespace EltPs.Engine.Warehouses;

/// <summary>An undo that may be done.</summary>
/// <param name="Restored">The generation that will be published again.</param>
/// <param name="Withdrawn">The generation that is published now and will stand at the staging name; a new id if the table had none.</param>
/// <param name="RestoredComment">The comment that the restored table must have, so that the undo can itself be undone.</param>
internal sealed record UndoPlan(string Restored, string Withdrawn, string RestoredComment);
