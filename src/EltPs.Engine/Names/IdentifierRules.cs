namespace EltPs.Engine.Names;

/// <summary>How a warehouse compares names, and how long one may be.</summary>
/// <param name="Fold">Gives two identifiers the same text exactly if the warehouse takes them for the same name.</param>
/// <param name="MaximumLength">The most characters that one identifier may have.</param>
internal sealed record IdentifierRules(Func<Identifier, string> Fold, int MaximumLength)
{
    /// <summary>A text that is the same for two names exactly if the warehouse takes them for the same table.</summary>
    public string Key(TableName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var database = name.Database is { } named ? Fold(named) : string.Empty;
        return string.Join('\u001f', database, Fold(name.Schema), Fold(name.Table));
    }
}
