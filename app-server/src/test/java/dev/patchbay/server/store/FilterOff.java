package dev.patchbay.server.store;

import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/// Takes the condition on the company out of every statement, as a mistake in one would.
public final class FilterOff {
    private static final Pattern CONDITION = Pattern.compile("(\\w+\\.)?company_id = :company\\b");

    private FilterOff() {}

    public static void on(Database database) {
        TemplateEngine usual = new DefinedAttributeTemplateEngine();
        database.jdbi()
                .configure(
                        SqlStatements.class,
                        statements -> statements.setTemplateEngine((sql, context) -> CONDITION
                                .matcher(usual.render(sql, context))
                                .replaceAll("cast(:company as uuid) is not null")));
    }
}
