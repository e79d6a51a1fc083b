package dev.sallyport.config.csr;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes requests as clients send them, and odd ones. */
final class Requests {

  private Requests() {}

  static KeyPair keys(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (bits > 0) {
      generator.initialize(bits);
    }
    return generator.generateKeyPair();
  }

  static byte[] pem(Object content) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] request(X500Name subject, GeneralName... names) throws Exception {
    return request(keys("EC", 256), "SHA256withECDSA", subject, names);
  }

  static byte[] request(KeyPair keys, String algorithm, X500Name subject, GeneralName... names)
      throws Exception {
    return pem(build(keys, keys, algorithm, subject, names));
  }

  /** Signed with another key than the one it is for. */
  static byte[] stolen(X500Name subject) throws Exception {
    return pem(build(keys("EC", 256), keys("EC", 256), "SHA256withECDSA", subject));
  }

  private static PKCS10CertificationRequest build(
      KeyPair keys, KeyPair signer, String algorithm, X500Name subject, GeneralName... names)
      throws Exception {
    JcaPKCS10CertificationRequestBuilder builder =
        new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic());
    if (names.length > 0) {
      ExtensionsGenerator asked = new ExtensionsGenerator();
      asked.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      asked.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      asked.addExtension(
          new ASN1ObjectIdentifier("1.2.3.4"), false, new GeneralName(new X500Name("CN=x")));
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, asked.generate());
    }
    return builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()));
  }
}
