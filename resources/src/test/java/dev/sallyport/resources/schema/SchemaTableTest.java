package dev.sallyport.resources.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaTableTest {

  private static final Path TABLE =
      Path.of("src/main/resources/dev/sallyport/resources/schema/schemas.txt");

  /** Run with {@code -Dsallyport.schemas=write} to write the table anew. */
  @Test
  void tableIsWhatTheFactsGive() throws Exception {
    String made = new SchemaTableGenerator().generate();
    if ("write".equals(System.getProperty("sallyport.schemas"))) {
      Files.writeString(TABLE, made);
    }
    assertEquals(made, Files.readString(TABLE));
  }
}
