using EltPs.Engine.Names;

namespace EltPs.Engine.Sql;

/// <summary>A name in a query that may be a table's.</summary>
/// <param name="Parts">Its parts: a table alone, with its schema, or with the database too.</param>
/// <param name="Offset">Its place in the text, counted from 0 in UTF-16 code units.</param>
internal sealed record TableMention(IReadOnlyList<Identifier> Parts, int Offset);
