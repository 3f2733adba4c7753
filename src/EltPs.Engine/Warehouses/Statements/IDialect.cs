using EltPs.Engine.Definitions;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;

namespace EltPs.Engine.Warehouses;

/// <summary>A warehouse's SQL: pure text, no I/O. What a plan shows and a session runs.</summary>
internal interface IDialect
{
    /// <summary>How the warehouse compares names.</summary>
    IdentifierRules Identifiers { get; }

    /// <summary>How the warehouse reads SQL where others read it differently.</summary>
    SqlSyntax Syntax { get; }

    /// <summary>Whether building and swapping tables can be a part of one transaction, and be rolled back with it.</summary>
    bool HasTransactionalDdl { get; }

    /// <summary>What a run that publishes all tables or none begins with.</summary>
    IReadOnlyList<Statement> BeginTogether { get; }

    /// <summary>What such a run ends with, once all tables are swapped.</summary>
    /// <param name="published">What was published, with what each table replaced; null for nothing.</param>
    IReadOnlyList<Statement> EndTogether(IReadOnlyList<(PublishRequest Request, CatalogEntry? Target)> published);

    /// <summary>The statements that build a staging table.</summary>
    IReadOnlyList<Statement> Stage(StageRequest request);

    /// <summary>What the published table has and a build with these options will not have, each in words.</summary>
    IEnumerable<string> Losses(OptionValues options, CatalogEntry target) => [];

    /// <summary>Why an option does nothing beside what is published, each in a sentence.</summary>
    IEnumerable<string> WithoutEffect(OptionValues options, CatalogEntry target) => [];

    /// <summary>The number of a table's rows, as an aggregate.</summary>
    string RowCount { get; }

    /// <summary>The statement that reads aggregates of a staging table.</summary>
    /// <param name="target">The table that it is meant to become.</param>
    /// <param name="aggregates">The aggregates; the first is <see cref="RowCount"/>.</param>
    Statement Measure(TableName target, IReadOnlyList<string> aggregates);

    /// <summary>The statements that publish; all of them take effect or none.</summary>
    /// <param name="request">What to publish.</param>
    /// <param name="target">What is published now, with its indexes and views; null for nothing.</param>
    IReadOnlyList<Statement> Publish(PublishRequest request, CatalogEntry? target);

    /// <summary>The statements that swap back; all of them take effect or none.</summary>
    /// <param name="request">What to undo.</param>
    /// <param name="plan">What the undo does to both generations.</param>
    /// <param name="target">What is published now, with its indexes and views.</param>
    IReadOnlyList<Statement> Undo(UndoRequest request, UndoPlan plan, CatalogEntry target);

    /// <summary>The statement that gives a staging table a comment.</summary>
    Statement MarkStaging(TableName target, string comment);

    /// <summary>The statement that drops a staging table.</summary>
    Statement DropStaging(TableName target);
}
