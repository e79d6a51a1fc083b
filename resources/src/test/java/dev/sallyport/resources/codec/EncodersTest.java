package dev.sallyport.resources.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EncodersTest {

  private static final byte[] JSON =
      "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void jsonPassesUnchanged() {
    assertSame(JSON, Encoders.of(BodyFormat.JSON).encode(JSON));
  }

  @Test
  void jsonFramesEndWithALineBreak() {
    assertEquals(
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}}\n",
        new String(Encoders.of(BodyFormat.JSON).watchFrame("ADDED", JSON), StandardCharsets.UTF_8));
  }

  @Test
  void yamlHasNoFrames() {
    AnswerEncoder yaml = Encoders.of(BodyFormat.YAML);
    assertEquals(
        "apiVersion: v1\nkind: ConfigMap\n", new String(yaml.encode(JSON), StandardCharsets.UTF_8));
    assertThrows(UnsupportedOperationException.class, () -> yaml.watchFrame("ADDED", JSON));
  }

  @Test
  void eachEncoderKnowsItsFormat() {
    for (BodyFormat format : BodyFormat.values()) {
      assertEquals(format, Encoders.of(format).format());
    }
  }
}
