namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A statement of a Snowflake Scripting block, with its place in the text.</summary>
internal abstract record ScriptStep(int Line, int Position);

/// <summary>A statement of SQL; INTO gives the variables that its one row goes to.</summary>
internal sealed record SqlStep(int Line, int Position, string Sql, IReadOnlyList<string> Into) : ScriptStep(Line, Position);

/// <summary>IF (…) THEN … ELSE … END IF.</summary>
internal sealed record IfStep(int Line, int Position, string Condition, IReadOnlyList<ScriptStep> Then, IReadOnlyList<ScriptStep> Else)
    : ScriptStep(Line, Position);

/// <summary>RAISE, in a handler: what was caught comes out again.</summary>
internal sealed record RaiseStep(int Line, int Position) : ScriptStep(Line, Position);

/// <summary>RETURN ….</summary>
internal sealed record ReturnStep(int Line, int Position, string Expression) : ScriptStep(Line, Position);

/// <summary>BEGIN … EXCEPTION WHEN OTHER THEN … END.</summary>
internal sealed record BlockStep(int Line, int Position, IReadOnlyList<ScriptStep> Body, IReadOnlyList<ScriptStep>? Handler)
    : ScriptStep(Line, Position);
