package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** README's Java is that of {@link GreetingIT}, which is compiled and run. */
final class JavaReadmeTest {
  private static final Path GREETING =
      Path.of("src/test/java/dev/sallyport/clients/GreetingIT.java");

  @Test
  void readmeShowsATestThatRuns() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int begin = readme.indexOf("```java\n", readme.indexOf("## For Java tests")) + 8;
    String shown = readme.substring(begin, readme.indexOf("```", begin));
    String source = Files.readString(GREETING);
    assertEquals(source.substring(source.indexOf("@SallyportTest")), shown);
  }
}
