package dev.sallyport.resources;

/** A list with elements of one schema. How it is merged says the field that holds it. */
public record ListSchema(ObjectSchema element) implements ObjectSchema {}
