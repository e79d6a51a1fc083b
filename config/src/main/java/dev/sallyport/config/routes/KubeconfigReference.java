package dev.sallyport.config.routes;

import java.nio.file.Path;

/**
 * A cluster, as kubectl finds it.
 *
 * @param context which of the file's contexts; "" for the current one
 */
public record KubeconfigReference(Path file, String context) {}
