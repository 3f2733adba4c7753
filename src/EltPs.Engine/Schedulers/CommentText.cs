namespace EltPs.Engine.Schedulers;

/// <summary>Text of others within comments.</summary>
internal static class CommentText
{
    /// <summary>Made into one line of letters that any encoding holds.</summary>
    public static string Of(string text)
    {
        var letters = text.ToCharArray();
        for (var index = 0; index < letters.Length; index++)
        {
            var isPair = char.IsHighSurrogate(letters[index]) && index + 1 < letters.Length && char.IsLowSurrogate(letters[index + 1]);
            if (isPair)
            {
                index++;
            }
            else if (char.IsControl(letters[index])
                || char.IsSurrogate(letters[index])
                || letters[index] is '\u2028' or '\u2029' or '\ufffe' or '\uffff')
            {
                letters[index] = ' ';
            }
        }

        return new string(letters);
    }
}
