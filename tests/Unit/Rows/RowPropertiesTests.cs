using EltPs.Rows;
using Xunit;

namespace EltPs.Tests.Rows;

public sealed class RowPropertiesTests
{
    [Fact]
    public void Columns_that_differ_keep_their_names()
    {
        var (names, renamed) = RowProperties.Of(["id", "a b", "Count", "ä"]);

        Assert.Equal(["id", "a b", "Count", "ä"], names);
        Assert.Empty(renamed);
    }

    [Fact]
    public void A_column_without_a_name_of_its_own_gets_one_and_a_sentence_says_which()
    {
        var (names, renamed) = RowProperties.Of(["id", "ID", "", "id_2", "psobject", ""]);

        Assert.Equal(["id", "ID_3", "column_3", "id_2", "psobject_2", "column_6"], names);
        Assert.Equal(
            [
                "Column 2 has the name of another one, ID; its property is ID_3. Give it a name of its own with AS.",
                "Column 3 has no name; its property is column_3. Give it a name of its own with AS.",
                "Column 5, psobject, has a name that PowerShell keeps; its property is psobject_2. Give it a name of its own with AS.",
                "Column 6 has no name; its property is column_6. Give it a name of its own with AS.",
            ],
            renamed);
    }
}
