using System.Security.Cryptography;

namespace EltPs.Tests.Snowflake;

/// <summary>A fixed key that signs in nowhere but at the stand-in.</summary>
internal static class TestKey
{
    /// <summary>Its public key's fingerprint, made with OpenSSL.</summary>
    public const string Fingerprint = "SHA256:jFtuNS3MIs2K063JLYlHYcwyuMcdtFMfAL9vdY2ckR0=";

    /// <summary>The key, PKCS#8.</summary>
    public const string Pem = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC5VusJmh47q0gC
        0Eo/O6GoCxcPDjX3fXwnn7cH8ESxupANsrcJDm7/80322PaVGQQJtdjKQHAWkqEi
        aTBgA0rY7qpST1VnuMsG0FV37gfbkHdD5So/9P+JGtuWgoLQZfoZ1XJPWhQu4XhG
        u8REACbIAxfArZnzkLFbZC8ASBUBcfZfr56cAh6SZLhw+tISyBkSLVQacHXo1+0E
        LS3X/sYIO7pSkFYyLnKFNrepRpxazWK4pPZ6PHgU+EKR0MCBJF13qRw/Upkh2zJp
        cfcz999qTpMgwfh9zlniiG1LopgLTT5mAZi0yYbuVNS6SIhdDEIdrxlJB/vv0yCl
        TAZE9KeLAgMBAAECggEAMu655Ief61HkljFbVgkzIZT6nz6OghbP+aughuP2XMki
        MUF9n1WCF4BrWnzBNrQLMgfxLZOLughNk8FIc/ozpW3hDIGUvM5BrPuvoSeerS4E
        OHpPpAfV+X2R/sia3l5H3rWTlk7w4PlBLl8HTpCkF68R5fdPKWoH80+SwwcMDrsj
        +vjrmbxuuiYt9uwDlsw7lkDpX/MIkWytAJwEAScvKeIH5oWqwBiTFYUXNgwbCt97
        8/9L5YtGpbTuQpVXA1EZN0dU+3tm60QPwO3cqLVIlE5G92cGWTfpRC/Pa0YO5zlG
        1T3dTQIXmT74w/Lyo/nc03bk67cdlMIYOnumUXNh0QKBgQD33zVCwupqLu/JNkCf
        lWscXDUgtFOhItzkZtp5alo1pBMmqPIWK79eSlK4G/DOmw7wqfQjLb0GuNkx6RNK
        j4Z8CQSrmplXP9b0zFdRUv2ph/SF629JpNC2BqWwth4mtrAMzFEyI39QG4qfFeAr
        mfMtCIA5erU5BgKl+fBwagQLDQKBgQC/asYre0cPaKV16KAtgM49zjZLUtUKnFfn
        a4ev5DrydHWmY6IKnG7c/eifKayNbfJ8lVboNdoZW/TvLVZFPHfADTWmXK4URhmT
        e4kK0iNxMTNe3CR2KE2TFap0GqCywUtRhLLlCMF2tkSQ+GscjpyNr8g2gTIiomf9
        Z46hwE529wKBgQDeeIrwKcuFlC0JVlU4Jj6ljKjueosY9BZ4NUxfbzIaNPIvX7Ew
        bwFqmqCVuBYxCYCmRpPlwxaGYwAlyMDUye71go6bir2YTqcavhCc4DTlpS21yPLw
        kSn2Rg8OhNaY/p0ST4uMyclp195aHKM/3wQgZiHX9SeUT62u1J6V9sE8PQKBgAmk
        Mikcg37GMZdXyUGhfEHmshtnJ63qJA9W/jWg1EtEDGz+FbpdGMRu0Zm6uqNBB3a4
        +vClTb/7PsIRUYgZPJriz3H6txX0VfN0xHlUDk70QHcltXxyGT4wWC6S7Mc0LzwC
        6BPbNgtpsNhwesysbjxAv1/ncAQIlB5Saf/BtPIPAoGBAK6D8toyWqFY/WOXTk8R
        tatErt9joCrT+TJxWsUTDy7gSkFp5Cv55dwzx2K5hNsFn1+FdgcAjfUE/VMonvF/
        iww/N0fC2wOgxvWRsH0AGjhj15R7rOglGnyRFlW2Bph85MSO9kqqGrmOjm3Fkf73
        fkcikshdrKRC9qTmUkNUZ0N/
        -----END PRIVATE KEY-----
        """;

    public static RSA Create()
    {
        var key = RSA.Create();
        key.ImportFromPem(Pem);
        return key;
    }
}
