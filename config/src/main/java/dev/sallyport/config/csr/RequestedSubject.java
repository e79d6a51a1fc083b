package dev.sallyport.config.csr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The subject that a request asks for, reduced to the attributes that people who approve it are
 * shown. An attribute that nobody looked at (a user id, say, which the door would read) never gets
 * into a certificate by this way.
 *
 * @param values texts by attribute type, in the order in which they are written
 */
record RequestedSubject(Map<ASN1ObjectIdentifier, List<String>> values) {

  private static final ASN1ObjectIdentifier COMMON_NAME = new ASN1ObjectIdentifier("2.5.4.3");
  private static final ASN1ObjectIdentifier SERIAL_NUMBER = new ASN1ObjectIdentifier("2.5.4.5");
  private static final ASN1ObjectIdentifier ORGANIZATION = new ASN1ObjectIdentifier("2.5.4.10");

  /** C, O, OU, L, ST, street, postal code, CN, serial number: the order of Go's certificates. */
  private static final List<ASN1ObjectIdentifier> KNOWN =
      List.of(
          new ASN1ObjectIdentifier("2.5.4.6"),
          ORGANIZATION,
          new ASN1ObjectIdentifier("2.5.4.11"),
          new ASN1ObjectIdentifier("2.5.4.7"),
          new ASN1ObjectIdentifier("2.5.4.8"),
          new ASN1ObjectIdentifier("2.5.4.9"),
          new ASN1ObjectIdentifier("2.5.4.17"),
          COMMON_NAME,
          SERIAL_NUMBER);

  static RequestedSubject of(X500Name name) {
    Map<ASN1ObjectIdentifier, List<String>> values = new LinkedHashMap<>();
    KNOWN.forEach(type -> values.put(type, new ArrayList<>()));
    for (RDN part : name.getRDNs()) {
      for (AttributeTypeAndValue attribute : part.getTypesAndValues()) {
        List<String> there = values.get(attribute.getType());
        if (there != null && attribute.getValue() instanceof ASN1String text) {
          add(attribute.getType(), text.getString(), there);
        }
      }
    }
    return new RequestedSubject(values);
  }

  private static void add(ASN1ObjectIdentifier type, String text, List<String> there) {
    if (type.equals(COMMON_NAME) || type.equals(SERIAL_NUMBER)) {
      there.clear(); // of these the last one counts
    }
    there.add(text);
  }

  String commonName() {
    List<String> names = values.getOrDefault(COMMON_NAME, List.of());
    return names.isEmpty() ? "" : names.get(0);
  }

  List<String> organizations() {
    return values.getOrDefault(ORGANIZATION, List.of());
  }

  /** As a certificate names it: one part for each value, all of them UTF-8. */
  X500Name name() {
    List<RDN> parts = new ArrayList<>();
    values.forEach(
        (type, texts) -> texts.forEach(text -> parts.add(new RDN(type, new DERUTF8String(text)))));
    return new X500Name(parts.toArray(new RDN[0]));
  }
}
