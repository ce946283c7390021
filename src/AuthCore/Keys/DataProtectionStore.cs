using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml.Linq;
using AuthCore.Storage;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthCore.Keys;

/// <summary>Keeps data-protection keys in the database, so that hosts that share it share sessions and tickets.</summary>
internal sealed class DataProtectionStore(IReadDatabase database, IWriteLane lane) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Open();
        return [.. db.DataProtectionKeys().Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    // The interface is synchronous; the lane answers on its own task, and a key is made a few times a year.
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The interface is synchronous; a key is made a few times a year.")]
    public void StoreElement(XElement element, string friendlyName) =>
        lane.WriteAsync(async unit =>
        {
            unit.Db.DataProtectionKeys().Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            return await unit.Db.SaveChangesAsync();
        }).GetAwaiter().GetResult();
}

/// <summary>Seals the secret part of a data-protection key under the master key.</summary>
internal sealed class MasterKeyXmlEncryptor(MasterKey master) : IXmlEncryptor
{
    public const string Purpose = "data-protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", Convert.ToBase64String(master.Seal(Purpose, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))),
        typeof(MasterKeyXmlDecryptor));
}

/// <summary>Named in the stored XML and made by data protection itself.</summary>
internal sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(
        Encoding.UTF8.GetString(services.GetRequiredService<MasterKey>().Open(MasterKeyXmlEncryptor.Purpose, Convert.FromBase64String(encryptedElement.Value))));
}

internal sealed class DataProtectionSetup(DataProtectionStore store, MasterKey master) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = store;
        options.XmlEncryptor = new MasterKeyXmlEncryptor(master);
    }
}
