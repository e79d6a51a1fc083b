package dev.sallyport.controllers.certificates;

import static dev.sallyport.controllers.FakeObjects.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.config.pki.KeyPairs;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Objects as the store holds them. */
final class TestRequests {

  static final String NODE = "O=system:nodes,CN=system:node:n1";

  private TestRequests() {}

  static byte[] pem(String subject, GeneralName... names) throws Exception {
    KeyPair keys = KeyPairs.ecP256();
    JcaPKCS10CertificationRequestBuilder builder =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic());
    if (names.length > 0) {
      ExtensionsGenerator asked = new ExtensionsGenerator();
      asked.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, asked.generate());
    }
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN CERTIFICATE REQUEST-----\n"
            + lines
            + "\n-----END CERTIFICATE REQUEST-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param usages as JSON
   * @param status as JSON, without braces
   */
  static ObjectNode object(
      SignerName signer, byte[] pem, String user, String usages, String status) {
    return object(signer.text(), pem, user, usages, status);
  }

  static ObjectNode object(String signer, byte[] pem, String user, String usages, String status) {
    String request = Base64.getEncoder().encodeToString(pem);
    return json(
        "{'metadata':{'name':'r','uid':'u1','creationTimestamp':'2030-01-01T00:00:00Z'},'spec':{'signerName':'"
            + signer
            + "','request':'"
            + request
            + "','username':'"
            + user
            + "','groups':['g'],'usages':"
            + usages
            + "},'status':{"
            + status
            + "}}");
  }
}
