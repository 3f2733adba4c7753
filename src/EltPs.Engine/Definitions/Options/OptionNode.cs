using EltPs.Engine.Files;
using EltPs.Engine.Sql;

namespace EltPs.Engine.Definitions;

/// <summary>What a file writes for an option.</summary>
/// <param name="Key">The option's key.</param>
/// <param name="Value">The value.</param>
/// <param name="Syntax">How the warehouse of the file reads SQL.</param>
/// <param name="Complaints">Takes what is wrong with the value.</param>
public sealed record OptionNode(string Key, DataNode Value, SqlSyntax Syntax, ComplaintList Complaints);

/// <summary>Takes what a file writes for an option; false after a complaint.</summary>
/// <param name="node">What is written.</param>
/// <param name="value">The value.</param>
public delegate bool OptionParser<T>(OptionNode node, out T value);
