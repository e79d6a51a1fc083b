package dev.sallyport.config.pem;

import dev.sallyport.config.file.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The PEM files beside the tests, as openssl wrote them. */
final class TestPem {
  private TestPem() {}

  /** One file, or several in one. */
  static FileContent load(String... names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      try (InputStream in = TestPem.class.getResourceAsStream("/pem/" + name + ".pem")) {
        if (in == null) {
          throw new IllegalArgumentException(name);
        }
        in.transferTo(all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new FileContent(Path.of(names[0] + ".pem"), all.toByteArray());
  }
}
