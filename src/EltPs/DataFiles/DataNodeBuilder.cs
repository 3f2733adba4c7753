using System.Globalization;
using System.Management.Automation.Language;
using EltPs.Engine.Files;

namespace EltPs.DataFiles;

/// <summary>Turns a syntax tree into values; whatever is no constant gets a complaint, and nothing is evaluated.</summary>
/// <remarks>The depth of the tree is bounded, because <see cref="DataTextGuard"/> has seen the text.</remarks>
internal sealed class DataNodeBuilder(ComplaintList complaints)
{
    /// <summary>The value of a whole file; null after a complaint.</summary>
    public DataNode? Build(ScriptBlockAst file) =>
        file.EndBlock is { Statements: { Count: 1 } statements } ? Build(statements[0]) : Refuse(file);

    private DataNode? Build(StatementAst statement) =>
        statement is PipelineAst { PipelineElements: { Count: 1 } elements }
        && elements[0] is CommandExpressionAst { Redirections.Count: 0 } command
            ? Build(command.Expression)
            : Refuse(statement);

    private DataNode? Build(ExpressionAst expression) => expression switch
    {
        StringConstantExpressionAst text when text.StringConstantType != StringConstantType.BareWord => Text(text),
        ConstantExpressionAst constant and not StringConstantExpressionAst => Number(constant.Value, constant),
        UnaryExpressionAst { TokenKind: TokenKind.Minus, Child: ConstantExpressionAst { Value: not string } child } minus =>
            Number(child.Value, minus) is { } number ? Negate(number) : null,
        VariableExpressionAst variable => Constant(variable),
        ParenExpressionAst paren => Build(paren.Pipeline),
        ArrayLiteralAst list => new ListNode([.. list.Elements.Select(Build).OfType<DataNode>()], Line(list), Column(list)),
        ArrayExpressionAst array => List(array),
        HashtableAst table => Table(table),
        _ => Refuse(expression),
    };

    private static ScalarNode Text(StringConstantExpressionAst text)
    {
        var isHere = text.StringConstantType is StringConstantType.SingleQuotedHereString or StringConstantType.DoubleQuotedHereString;
        return new ScalarNode(text.Value, Line(text), Column(text))
        {
            TextLine = isHere ? Line(text) + 1 : Line(text),
            TextColumn = isHere ? 1 : Column(text) + 1,
        };
    }

    private static ScalarNode Number(object value, Ast place) => new(
        value is int or long or short or byte
            ? (object)Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : value is System.Numerics.BigInteger big ? (double)big : Convert.ToDouble(value, CultureInfo.InvariantCulture),
        Line(place),
        Column(place));

    private static ScalarNode Negate(ScalarNode number) =>
        number with
        {
            Value = number.Value is long whole ? -whole : -(double)number.Value!,
        };

    private ScalarNode Constant(VariableExpressionAst variable) => variable.VariablePath.UserPath.ToUpperInvariant() switch
    {
        "TRUE" => new ScalarNode(true, Line(variable), Column(variable)),
        "FALSE" => new ScalarNode(false, Line(variable), Column(variable)),
        "NULL" => new ScalarNode(null, Line(variable), Column(variable)),
        _ => Refuse(variable),
    };

    /// <summary><c>@(…)</c>: each statement's value, and the items of a list in it, as PowerShell enumerates them.</summary>
    private ListNode List(ArrayExpressionAst array)
    {
        var items = new List<DataNode>();
        foreach (var statement in array.SubExpression.Statements)
        {
            var value = Build(statement);
            if (value is ListNode inner)
            {
                items.AddRange(inner.Items);
            }
            else if (value is not null)
            {
                items.Add(value);
            }
        }

        return new ListNode(items, Line(array), Column(array));
    }

    private TableNode Table(HashtableAst table)
    {
        var entries = new List<TableEntry>(table.KeyValuePairs.Count);
        foreach (var (key, value) in table.KeyValuePairs)
        {
            var name = key switch
            {
                StringConstantExpressionAst text => text.Value,
                ConstantExpressionAst number => Convert.ToString(number.Value, CultureInfo.InvariantCulture),
                _ => null,
            };
            if (name is null)
            {
                Refuse(key);
            }
            else if (Build(value) is { } node)
            {
                entries.Add(new TableEntry(name, Line(key), Column(key), node));
            }
        }

        return new TableNode(entries, Line(table), Column(table));
    }

    private ScalarNode Refuse(Ast code)
    {
        var begin = (Line(code), Column(code));
        complaints.AddUnreadable(
            begin,
            begin,
            (code.Extent.EndLineNumber, code.Extent.EndColumnNumber),
            "This is code, and nothing in this file is run; write a plain value, text in single quotes.");
        return new ScalarNode(null, Line(code), Column(code));
    }

    private static int Line(Ast ast) => ast.Extent.StartLineNumber;

    private static int Column(Ast ast) => ast.Extent.StartColumnNumber;
}
