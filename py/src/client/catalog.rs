//! The operations on what disks are made of and where: I/O profiles, templates, data centers.

use katapult_disk::{
    GetDataCenter, GetDiskTemplate, GetDiskTemplateVersion, GetDiskTemplateVersionSpec,
    ListDataCenters, ListDiskIoProfiles, ListDiskTemplateVersions, ListDiskTemplates,
};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::list::ListOf;
use crate::object;
use crate::objects::{
    DataCenter, DiskIoProfile, DiskTemplate, DiskTemplateVersion, DiskTemplateVersionSpec,
    OperatingSystem,
};

#[pymethods]
impl Client {
    /// Iterates over the I/O profiles that an organization (id or sub_domain) may use, the client's
    /// by default, as DiskIoProfile objects. Pages of `page_size` are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated.
    #[pyo3(signature = (organization=None, *, page_size=200, timeout=CallTimeout::Client))]
    fn list_disk_io_profiles<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<DiskIoProfile>> {
        let mut list = ListDiskIoProfiles::default();
        list.organization = read::organization(organization)?;
        list.per_page = page_size.or(Some(200));
        ListOf::new(py, &self.handle, list, timeout)
    }

    /// Iterates over the disk templates of an organization (id or sub_domain), the client's by
    /// default, as DiskTemplate objects.
    ///
    /// `operating_system` (an id) gives only its templates. `include_universal` adds those that
    /// every organization may use; an organization without templates of its own has an empty list
    /// otherwise. Pages of `page_size`, or of the service's choice, are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated, OperatingSystemNotFound.
    #[pyo3(signature = (
        organization=None, *, operating_system=None, include_universal=false,
        page_size=None, timeout=CallTimeout::Client
    ))]
    fn list_disk_templates<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        operating_system: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::include_universal)] include_universal: bool,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<DiskTemplate>> {
        let mut list = ListDiskTemplates::default();
        list.organization = read::organization(organization)?;
        list.operating_system =
            read::named::<OperatingSystem>("operating_system", operating_system)?;
        list.include_universal = include_universal;
        list.per_page = page_size;
        ListOf::new(py, &self.handle, list, timeout)
    }

    /// Reads a disk template, by its id or permalink.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DiskTemplateNotFound.
    #[pyo3(signature = (disk_template, *, timeout=CallTimeout::Client))]
    fn get_disk_template<'py>(
        &self,
        py: Python<'py>,
        disk_template: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskTemplate>> {
        let get = GetDiskTemplate::new(read::required_named::<DiskTemplate>(
            "disk_template",
            disk_template,
        )?);
        let (answer, json) = self.call(py, &get, timeout)?;
        object::part(py, answer.disk_template, &json, "disk_template")
    }

    /// Iterates over the versions of a disk template (id or permalink), as DiskTemplateVersion
    /// objects. Pages of `page_size`, or of the service's choice, are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates DiskTemplateNotFound.
    #[pyo3(signature = (disk_template, *, page_size=None, timeout=CallTimeout::Client))]
    fn list_disk_template_versions<'py>(
        &self,
        py: Python<'py>,
        disk_template: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<DiskTemplateVersion>> {
        let mut list = ListDiskTemplateVersions::new(read::required_named::<DiskTemplate>(
            "disk_template",
            disk_template,
        )?);
        list.per_page = page_size;
        ListOf::new(py, &self.handle, list, timeout)
    }

    /// Reads a version of a disk template, by its id.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DiskTemplateVersionNotFound.
    #[pyo3(signature = (disk_template_version_id, *, timeout=CallTimeout::Client))]
    fn get_disk_template_version<'py>(
        &self,
        py: Python<'py>,
        disk_template_version_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskTemplateVersion>> {
        let get = GetDiskTemplateVersion::new(read::required_named::<DiskTemplateVersion>(
            "disk_template_version_id",
            disk_template_version_id,
        )?);
        let (answer, json) = self.call(py, &get, timeout)?;
        object::part(py, answer.disk_template_version, &json, "disk_template_version")
    }

    /// Reads what a version of a disk template, by its id, asks for when it is installed.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DiskTemplateVersionNotFound.
    #[pyo3(signature = (disk_template_version_id, *, timeout=CallTimeout::Client))]
    fn get_disk_template_version_spec<'py>(
        &self,
        py: Python<'py>,
        disk_template_version_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskTemplateVersionSpec>> {
        let get = GetDiskTemplateVersionSpec::new(read::required_named::<DiskTemplateVersion>(
            "disk_template_version_id",
            disk_template_version_id,
        )?);
        let (answer, json) = self.call(py, &get, timeout)?;
        object::create(py, answer, json)
    }

    /// Reads all data centers, with one request, as a list of DataCenter objects.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    #[pyo3(signature = (*, timeout=CallTimeout::Client))]
    fn list_data_centers<'py>(
        &self,
        py: Python<'py>,
        timeout: CallTimeout,
    ) -> PyResult<Vec<Bound<'py, DataCenter>>> {
        let (answer, json) = self.call(py, &ListDataCenters::default(), timeout)?;
        object::items(py, answer.data_centers, &json, "data_centers")
    }

    /// Reads a data center, by its id or permalink.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DataCenterNotFound.
    #[pyo3(signature = (data_center, *, timeout=CallTimeout::Client))]
    fn get_data_center<'py>(
        &self,
        py: Python<'py>,
        data_center: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DataCenter>> {
        let data_center = read::required_named::<DataCenter>("data_center", data_center)?;
        let (answer, json) = self.call(py, &GetDataCenter::new(data_center), timeout)?;
        object::part(py, answer.data_center, &json, "data_center")
    }
}
