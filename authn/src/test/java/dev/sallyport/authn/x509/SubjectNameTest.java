package dev.sallyport.authn.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.config.der.Der;
import dev.sallyport.config.der.DerException;
import dev.sallyport.config.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those of the project's list of attacks. */
class SubjectNameTest {

  @ParameterizedTest
  @CsvSource({
    "12, c3",
    "12, c3c3",
    "12, eda080",
    "22, 80",
    "19, 40",
    "19, e9",
    "30, 0061d8",
    "30, 61"
  })
  void case67RefusesBrokenText(int tag, String hex) {
    byte[] name = name(tag, HexFormat.of().parseHex(hex));
    assertThrows(DerException.class, () -> SubjectName.parse(name));
  }

  @Test
  void case67ReadsTeletexTextAsLatin1() throws Exception {
    assertEquals(
        "é", SubjectName.parse(name(Tag.T61_STRING, new byte[] {(byte) 0xe9})).commonName());
  }

  @Test
  void ignoresACommonNameThatIsNoText() throws Exception {
    assertEquals("", SubjectName.parse(name(Tag.INTEGER, new byte[] {1})).commonName());
  }

  @Test
  void keepsCharactersThatAPrintedNameWouldEscape() throws Exception {
    String odd = "a,CN=root+O=system:masters\\\"\0";
    byte[] utf8 = odd.getBytes(StandardCharsets.UTF_8);
    SubjectName name = SubjectName.parse(name(Tag.UTF8_STRING, utf8));
    assertEquals(odd, name.commonName());
    assertEquals(0, name.organizations().size());
  }

  private static byte[] name(int tag, byte[] value) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.value(tag, value))));
  }
}
