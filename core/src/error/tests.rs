use super::{Error, Outcome};
use crate::Status;

#[test]
fn a_text_of_the_services_is_one_line_and_not_endless() {
    let error = |text: &str| Error::new(Status::ApiError, Outcome::Rejected, text);
    assert_eq!(error("two\nlines").in_context("in\r\nall").description(), "in all: two lines");
    let long = error(&"x".repeat(60_000)).with_code(Some("y\n".repeat(60_000)));
    assert!(long.description().len() < 2100 && long.code().unwrap().len() < 210);
    assert!(!long.code().unwrap().contains('\n'));
    let protected = error("no {\"value\": \"R00t\", \"protect\": true}");
    assert_eq!(protected.description(), "no [secret]");
}

#[test]
fn the_text_names_the_operation_and_its_object() {
    let error = || Error::new(Status::DiskNotFound, Outcome::Rejected, "No disk was found");
    let one = error().in_operation("get_disk", Some("disk_x".to_owned()));
    assert_eq!(one.to_string(), "disk_not_found: get_disk disk_x: No disk was found");
    assert_eq!((one.operation(), one.object_id()), (Some("get_disk"), Some("disk_x")));
    let lines = error().in_operation("get_disk", Some("disk_x\n\u{1b}[31m".to_owned()));
    assert!(lines.to_string().contains("get_disk disk_x\\n\\u{1b}[31m: "), "{lines}");
    let none = error().in_operation("create_disk", None).with_answer(404, None);
    let expected = "disk_not_found: create_disk: No disk was found [HTTP 404]";
    assert_eq!(none.to_string(), expected);
    let argument = Error::invalid_argument("size_in_gb is missing");
    let argument = argument.in_operation("resize_disk", Some("disk_x".to_owned()));
    assert_eq!(argument.to_string(), "invalid_argument: size_in_gb is missing");
}
